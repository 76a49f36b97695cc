// A worker of an activity, with the AWS SDK for JavaScript (npm install @aws-sdk/client-sfn):
//   ACTIVITY_ARN=... node worker.mjs
// It doubles a number. AWS_ENDPOINT_URL_SFN says where Gradus is; without it, this is a worker of AWS Step Functions.
// TASKS makes it end after so many tasks.
import {
  GetActivityTaskCommand,
  SFNClient,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from "@aws-sdk/client-sfn";

// A poll takes up to a minute: wait for its answer a little longer.
const sfn = new SFNClient({ maxAttempts: 5, requestHandler: { requestTimeout: 70_000 } });
const isOver = (error) => ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"].includes(error.name);

const work = async (task) => ({ doubled: task.n * 2 });

async function perform(taskToken, input) {
  // Says every ten seconds that the task is alive; what is over, the result's call will hear.
  const beats = setInterval(() => sfn.send(new SendTaskHeartbeatCommand({ taskToken })).catch(() => {}), 10_000);
  let command;
  try {
    command = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(await work(JSON.parse(input))) });
  } catch (error) {
    const cause = String(error.message).slice(0, 32_768);
    command = new SendTaskFailureCommand({ taskToken, error: error.name, cause });
  } finally {
    clearInterval(beats);
  }
  await sfn.send(command).catch((error) => {
    if (!isOver(error)) throw error;
  });
}

for (let left = Number(process.env.TASKS ?? Infinity); left > 0; ) {
  const poll = new GetActivityTaskCommand({ activityArn: process.env.ACTIVITY_ARN, workerName: "javascript" });
  const { taskToken, input } = await sfn.send(poll);
  if (taskToken) {
    await perform(taskToken, input);
    left--;
  }
}
