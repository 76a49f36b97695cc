"""A worker of an activity, with the AWS SDK for Python: ACTIVITY_ARN=... python3 worker.py

It doubles a number. AWS_ENDPOINT_URL_SFN says where Gradus is; without it, this is a worker of AWS Step Functions.
TASKS makes it end after so many tasks.
"""

import json
import os
import sys
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# A poll takes up to a minute: wait for its answer a little longer.
sfn = boto3.client("stepfunctions", config=Config(read_timeout=70, retries={"mode": "standard", "max_attempts": 5}))
OVER = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")


def work(task):
    return {"doubled": task["n"] * 2}


def beating(token, done):
    """Says every ten seconds that the task is alive, until it is done or over."""
    while not done.wait(10):
        try:
            sfn.send_task_heartbeat(taskToken=token)
        except ClientError as error:
            if error.response["Error"]["Code"] in OVER:
                return
        except BotoCoreError:
            pass  # the next one may be heard


def perform(token, task):
    done = threading.Event()
    threading.Thread(target=beating, args=(token, done), daemon=True).start()
    try:
        result = work(json.loads(task))
    except Exception as error:  # whatever it is, the state machine is told
        tell = lambda: sfn.send_task_failure(taskToken=token, error=type(error).__name__, cause=str(error)[:32768])
    else:
        tell = lambda: sfn.send_task_success(taskToken=token, output=json.dumps(result))
    finally:
        done.set()
    try:
        tell()
    except ClientError as error:
        if error.response["Error"]["Code"] not in OVER:
            raise


left = int(os.environ.get("TASKS", sys.maxsize))
while left > 0:
    given = sfn.get_activity_task(activityArn=os.environ["ACTIVITY_ARN"], workerName="python")
    if given.get("taskToken"):
        perform(given["taskToken"], given["input"])
        left -= 1
