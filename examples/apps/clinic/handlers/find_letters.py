import json
import os

import boto3

s3 = boto3.client("s3")


def handler(event, context):
    patient = event["pathParameters"]["id"]
    pages = s3.get_paginator("list_objects_v2").paginate(
        Bucket=os.environ["LETTERS"], Prefix=f"{patient}/"
    )
    names = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return {"statusCode": 200, "body": json.dumps(names)}
