import json
import os

import boto3

texts = boto3.client("sns")


def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            day = json.loads(record["body"])["day"]
            texts.publish(TopicArn=os.environ["TEXTS"], Message=f"Your appointment is on {day}.")
        except Exception as error:
            print(f"{record['messageId']}: {error}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
