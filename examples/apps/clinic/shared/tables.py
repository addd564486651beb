import os

import boto3

_dynamodb = boto3.resource("dynamodb")


def patients():
    return _dynamodb.Table(os.environ["PATIENTS"])
