import base64
import json


def handler(event, context):
    return json.loads(base64.b64decode(event["body"]))
