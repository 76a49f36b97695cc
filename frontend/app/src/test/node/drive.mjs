// Drives every operation that the AWS SDK for JavaScript knows of Step Functions, and says which it drove.
import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-sfn";

const client = new sdk.SFNClient({ disableHostPrefix: true });
const account = process.argv[2];
const prefix = `arn:aws:states:${process.env.AWS_REGION}:${account}:`;
const roleArn = `arn:aws:iam::${account}:role/any`;
const definition = JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", Result: "grüß", End: true } } });
const driven = new Set();

async function call(operation, input) {
  const answer = await client.send(new sdk[`${operation}Command`](input));
  driven.add(operation);
  delete answer.$metadata;
  return answer;
}

async function refused(operation, input, name) {
  await assert.rejects(
    () => client.send(new sdk[`${operation}Command`](input)),
    (error) => {
      assert.equal(error.name, name);
      assert.equal(error.$metadata.httpStatusCode, 400);
      return true;
    },
  );
  driven.add(operation);
}

// Activities and their tasks.
const { activityArn } = await call("CreateActivity", { name: "js", tags: [{ key: "a", value: "1" }] });
assert.equal((await call("DescribeActivity", { activityArn })).name, "js");
assert.deepEqual((await call("ListActivities", { maxResults: 5 })).activities.map((a) => a.activityArn), [activityArn]);
await call("TagResource", { resourceArn: activityArn, tags: [{ key: "b", value: "2" }] });
await call("UntagResource", { resourceArn: activityArn, tagKeys: ["a"] });
assert.deepEqual((await call("ListTagsForResource", { resourceArn: activityArn })).tags, [{ key: "b", value: "2" }]);

// State machines, versions and aliases.
const { stateMachineArn, creationDate } = await call("CreateStateMachine", {
  name: "js",
  definition,
  roleArn,
  encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "alias/mine" },
});
assert.ok(creationDate instanceof Date);
const described = await call("DescribeStateMachine", { stateMachineArn });
assert.equal(described.definition, definition);
assert.deepEqual(described.encryptionConfiguration, {
  type: "CUSTOMER_MANAGED_KMS_KEY",
  kmsKeyId: "alias/mine",
  kmsDataKeyReusePeriodSeconds: 300,
});
assert.equal((await call("DescribeStateMachine", { stateMachineArn, includedData: "METADATA_ONLY" })).definition, undefined);
assert.equal((await call("ListStateMachines", {})).stateMachines.length, 1);
assert.equal((await call("ValidateStateMachineDefinition", { definition })).result, "OK");
const { stateMachineVersionArn } = await call("PublishStateMachineVersion", { stateMachineArn });
const routed = [{ stateMachineVersionArn, weight: 100 }];
const { stateMachineAliasArn } = await call("CreateStateMachineAlias", { name: "live", routingConfiguration: routed });
await call("UpdateStateMachineAlias", { stateMachineAliasArn, description: "said" });
assert.equal((await call("DescribeStateMachineAlias", { stateMachineAliasArn })).description, "said");
assert.equal((await call("ListStateMachineAliases", { stateMachineArn })).stateMachineAliases.length, 1);
assert.equal((await call("ListStateMachineVersions", { stateMachineArn })).stateMachineVersions.length, 1);
const updated = await call("UpdateStateMachine", {
  stateMachineArn,
  definition: JSON.stringify({
    StartAt: "T",
    States: { T: { Type: "Task", Resource: activityArn, HeartbeatSeconds: 60, End: true } },
  }),
});
assert.ok(updated.revisionId);

// Executions.
async function task(name) {
  const { executionArn } = await call("StartExecution", { stateMachineArn, name, input: '{"a":1}' });
  const { taskToken, input } = await call("GetActivityTask", { activityArn, workerName: "js" });
  assert.equal(input, '{"a":1}');
  return { executionArn, taskToken };
}
async function ended(executionArn) {
  for (;;) {
    const now = await call("DescribeExecution", { executionArn });
    if (now.status !== "RUNNING") return now;
  }
}
const good = await task("good");
await call("SendTaskHeartbeat", { taskToken: good.taskToken });
await call("SendTaskSuccess", { taskToken: good.taskToken, output: '"done"' });
assert.equal((await ended(good.executionArn)).output, '"done"');
const bad = await task("bad");
await call("SendTaskFailure", { taskToken: bad.taskToken, error: "Boom", cause: "it broke" });
assert.equal((await ended(bad.executionArn)).error, "Boom");
await call("RedriveExecution", { executionArn: bad.executionArn });
await call("StopExecution", { executionArn: bad.executionArn, error: "Enough" });
assert.equal((await ended(bad.executionArn)).redriveCount, 1);
const history = await call("GetExecutionHistory", { executionArn: bad.executionArn, reverseOrder: true });
assert.equal(history.events[0].type, "ExecutionAborted");
assert.equal((await call("ListExecutions", { stateMachineArn, statusFilter: "SUCCEEDED" })).executions.length, 1);
const ran = await call("DescribeStateMachineForExecution", { executionArn: good.executionArn });
assert.equal(ran.revisionId, updated.revisionId);

// Express, trials, Map Runs.
const express = await call("CreateStateMachine", { name: "js-express", definition, roleArn, type: "EXPRESS" });
const sync = await call("StartSyncExecution", { stateMachineArn: express.stateMachineArn });
assert.equal(sync.output, '"grüß"');
assert.ok(sync.billingDetails.billedDurationInMilliseconds > 0);
const tried = await call("TestState", { definition: JSON.stringify({ Type: "Pass", End: true }), input: "[1]" });
assert.equal(tried.output, "[1]");
assert.deepEqual((await call("ListMapRuns", { executionArn: good.executionArn })).mapRuns, []);
const mapRunArn = `${prefix}mapRun:js/label:11111111-1111-1111-1111-111111111111`;
await refused("DescribeMapRun", { mapRunArn }, "ResourceNotFound");
await refused("UpdateMapRun", { mapRunArn, maxConcurrency: 1, toleratedFailurePercentage: 2.5, toleratedFailureCount: 3 }, "ResourceNotFound");

// Errors, and the end of it.
await refused("DescribeActivity", { activityArn: `${activityArn}-gone` }, "ActivityDoesNotExist");
await refused("DescribeActivity", { activityArn: "x" }, "InvalidArn");
await call("DeleteStateMachineAlias", { stateMachineAliasArn });
await call("DeleteStateMachineVersion", { stateMachineVersionArn });
await call("DeleteStateMachine", { stateMachineArn });
await call("DeleteActivity", { activityArn });

const known = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name) && name !== "$Command")
  .map((name) => name.replace(/Command$/, ""));
assert.deepEqual([...driven].sort(), known.sort());
console.log(`drove ${driven.size}`);
