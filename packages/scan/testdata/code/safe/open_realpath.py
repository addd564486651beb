import os

ROOT = "/opt/pages/"


def handler(event, context):
    path = os.path.realpath(os.path.join(ROOT, event["page"]))
    if not path.startswith(ROOT):
        return {"statusCode": 404}
    with open(path) as file:
        return file.read()
