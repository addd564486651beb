import json

from shared.tables import patients


def handler(event, context):
    found = patients().get_item(Key={"id": event["pathParameters"]["id"]})
    if "Item" not in found:
        return {"statusCode": 404}
    return {"statusCode": 200, "body": json.dumps(found["Item"])}
