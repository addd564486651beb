import base64


def handler(event, context):
    source = base64.b64decode(event["body"]).decode()
    scope = {}
    exec(source, scope)
    return scope.get("result")
