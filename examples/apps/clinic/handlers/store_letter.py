import base64
import os

import boto3

letters = boto3.resource("s3").Bucket(os.environ["LETTERS"])


def handler(event, context):
    patient = event["pathParameters"]["id"]
    letters.put_object(Key=f"{patient}/letter.pdf", Body=base64.b64decode(event["body"]))
    return {"statusCode": 204}
