import os


def handler(event, context):
    name = event["queryStringParameters"].get("name", "x")
    os.system(f"convert /tmp/{name} /tmp/out.png")
