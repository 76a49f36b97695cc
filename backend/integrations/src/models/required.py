#!/usr/bin/env python3
"""Writes which members of requests AWS's services require: ../main/resources/io/gradus/integrations/aws/required.txt

The AWS SDK for Java leaves that out of most of its classes. botocore, the Python SDK (Apache-2.0), carries the service models
that both are generated from. Run it when a client is added or the SDK is raised:

    pip install botocore && python3 required.py
"""
import gzip
import json
import pathlib

import botocore

# The SDK for Java's package of each service on board, and botocore's name of it.
SERVICES = {
    "athena": "athena", "batch": "batch", "bedrock": "bedrock", "bedrockruntime": "bedrock-runtime",
    "cloudwatchlogs": "logs", "codebuild": "codebuild", "databrew": "databrew", "dynamodb": "dynamodb", "ecs": "ecs",
    "eks": "eks", "emr": "emr", "emrcontainers": "emr-containers", "emrserverless": "emr-serverless",
    "eventbridge": "events", "glue": "glue", "mediaconvert": "mediaconvert", "rekognition": "rekognition", "s3": "s3",
    "sagemaker": "sagemaker", "secretsmanager": "secretsmanager", "sns": "sns", "sqs": "sqs", "ssm": "ssm", "sts": "sts",
}

DATA = pathlib.Path(botocore.__file__).parent / "data"
HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "main/resources/io/gradus/integrations/aws/required.txt"


def model(service):
    newest = sorted(path for path in (DATA / service).iterdir() if path.is_dir())[-1]
    packed = newest / "service-2.json.gz"
    if packed.exists():
        return json.loads(gzip.decompress(packed.read_bytes()))
    return json.loads((newest / "service-2.json").read_text())


def required(shapes, operation):
    shape = shapes.get(operation.get("input", {}).get("shape"), {})
    # What a client makes up by itself need not be given.
    return [name for name in shape.get("required", []) if not shape["members"][name].get("idempotencyToken")]


lines = ["# Made by src/models/required.py of botocore " + botocore.__version__ + ", not by hand: service, operation, members"]
for package, name in sorted(SERVICES.items()):
    described = model(name)
    for action, operation in sorted(described["operations"].items()):
        members = required(described["shapes"], operation)
        if members:
            lines.append(" ".join([package, action, *members]))
TARGET.write_text("\n".join(lines) + "\n")
print(len(lines) - 1, "operations,", TARGET.stat().st_size, "bytes")
