import os


def handler(event, context):
    with open(os.path.join("/opt/pages", event["page"])) as file:
        return file.read()
