import json
import os

import boto3

from shared.tables import patients

queue = boto3.client("sqs")


def handler(event, context):
    patient = event["pathParameters"]["id"]
    day = json.loads(event["body"])["day"]
    patients().update_item(
        Key={"id": patient},
        UpdateExpression="SET appointment = :day",
        ExpressionAttributeValues={":day": day},
    )
    queue.send_message(
        QueueUrl=os.environ["REMINDERS"],
        MessageBody=json.dumps({"patient": patient, "day": day}),
    )
    return {"statusCode": 201}
