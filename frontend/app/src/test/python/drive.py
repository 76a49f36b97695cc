"""Drives every operation that the AWS CLI knows of Step Functions, by its own parser, and says which it drove."""

import contextlib
import io
import json
import os
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()
account = sys.argv[1]
prefix = f"arn:aws:states:{os.environ['AWS_REGION']}:{account}:"
role = f"arn:aws:iam::{account}:role/any"
definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "grüß", "End": True}}})
driven = set()


def run(command, options):
    """The CLI's exit code, what it wrote, and what it complained of."""
    words = ["stepfunctions", command]
    for name, value in options.items():
        words.append("--" + name.replace("_", "-"))
        if value is not True:
            words += [str(each) for each in (value if isinstance(value, list) else [value])]
    driven.add(command)
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = driver.main(words)
    out.seek(0)
    return code, out.read(), err.getvalue()


def call(command, **options):
    code, said, complaint = run(command, options)
    assert code == 0, (command, code, said, complaint)
    return json.loads(said) if said.strip() else {}


def refused(command, error, **options):
    code, said, complaint = run(command, options)
    assert code != 0 and f"({error})" in complaint, (command, code, said, complaint)


def equal(found, expected):
    assert found == expected, f"expected {expected!r}, found {found!r}"


# Activities and their tasks.
activity = call("create-activity", name="cli", tags=["key=a,value=1"])["activityArn"]
equal(call("describe-activity", activity_arn=activity)["name"], "cli")
equal([a["activityArn"] for a in call("list-activities", max_items=5)["activities"]], [activity])
call("tag-resource", resource_arn=activity, tags=["key=b,value=2"])
call("untag-resource", resource_arn=activity, tag_keys=["a"])
equal(call("list-tags-for-resource", resource_arn=activity)["tags"], [{"key": "b", "value": "2"}])

# State machines, versions and aliases.
machine = call("create-state-machine", name="cli", definition=definition, role_arn=role)["stateMachineArn"]
equal(call("describe-state-machine", state_machine_arn=machine)["definition"], definition)
metadata = call("describe-state-machine", state_machine_arn=machine, included_data="METADATA_ONLY")
assert "definition" not in metadata, metadata
equal(len(call("list-state-machines")["stateMachines"]), 1)
equal(call("validate-state-machine-definition", definition=definition)["result"], "OK")
version = call("publish-state-machine-version", state_machine_arn=machine)["stateMachineVersionArn"]
routing = f"stateMachineVersionArn={version},weight=100"
alias = call("create-state-machine-alias", name="live", routing_configuration=routing)["stateMachineAliasArn"]
call("update-state-machine-alias", state_machine_alias_arn=alias, description="said")
equal(call("describe-state-machine-alias", state_machine_alias_arn=alias)["description"], "said")
equal(len(call("list-state-machine-aliases", state_machine_arn=machine)["stateMachineAliases"]), 1)
equal(len(call("list-state-machine-versions", state_machine_arn=machine)["stateMachineVersions"]), 1)
task = {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": activity, "HeartbeatSeconds": 60, "End": True}}}
revision = call("update-state-machine", state_machine_arn=machine, definition=json.dumps(task))["revisionId"]


# Executions.
def begin(name):
    started = call("start-execution", state_machine_arn=machine, name=name, input='{"a":1}')
    got = call("get-activity-task", activity_arn=activity, worker_name="cli")
    equal(got["input"], '{"a":1}')
    return started["executionArn"], got["taskToken"]


def ended(execution):
    while True:
        now = call("describe-execution", execution_arn=execution)
        if now["status"] != "RUNNING":
            return now


good, token = begin("good")
call("send-task-heartbeat", task_token=token)
call("send-task-success", task_token=token, task_output='"done"')
equal(ended(good)["output"], '"done"')
bad, token = begin("bad")
call("send-task-failure", task_token=token, error="Boom", cause="it broke")
equal(ended(bad)["error"], "Boom")
call("redrive-execution", execution_arn=bad)
call("stop-execution", execution_arn=bad, error="Enough")
equal(ended(bad)["redriveCount"], 1)
history = call("get-execution-history", execution_arn=bad, reverse_order=True)
equal(history["events"][0]["type"], "ExecutionAborted")
# By pages of one, which the CLI puts together by our tokens.
paged = call("get-execution-history", execution_arn=good, page_size=1)
equal([event["id"] for event in paged["events"]], list(range(1, len(paged["events"]) + 1)))
equal(len(call("list-executions", state_machine_arn=machine, status_filter="SUCCEEDED")["executions"]), 1)
equal(call("describe-state-machine-for-execution", execution_arn=good)["revisionId"], revision)

# Express, trials, Map Runs.
express = call("create-state-machine", name="cli-express", definition=definition, role_arn=role, type="EXPRESS")
equal(call("start-sync-execution", state_machine_arn=express["stateMachineArn"])["output"], '"grüß"')
equal(call("test-state", definition='{"Type":"Pass","End":true}', input="[1]")["output"], "[1]")
equal(call("list-map-runs", execution_arn=good)["mapRuns"], [])
run_arn = f"{prefix}mapRun:cli/label:11111111-1111-1111-1111-111111111111"
refused("describe-map-run", "ResourceNotFound", map_run_arn=run_arn)
refused("update-map-run", "ResourceNotFound", map_run_arn=run_arn, max_concurrency=1)

# Errors, and the end of it.
refused("describe-activity", "ActivityDoesNotExist", activity_arn=activity + "-gone")
refused("describe-activity", "InvalidArn", activity_arn="x")
call("delete-state-machine-alias", state_machine_alias_arn=alias)
call("delete-state-machine-version", state_machine_version_arn=version)
call("delete-state-machine", state_machine_arn=machine)
call("delete-activity", activity_arn=activity)

# Without what is the CLI's own and no operation.
commands = driver.create_help_command().command_table["stepfunctions"].create_help_command().command_table
equal(sorted(driven), sorted(set(commands) - {"help", "wait"}))
print(f"drove {len(driven)}")
