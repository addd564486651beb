import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
queue = boto3.client("sqs")


def read(event, context):
    return table.get_item(Key={"id": event["id"]})


def write(event, context):
    table.put_item(Item={"id": event["id"]})
    queue.send_message(QueueUrl=os.environ["QUEUE"], MessageBody=event["id"])


def nothing(event, context):
    return event
