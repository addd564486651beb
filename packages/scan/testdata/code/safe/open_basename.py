import os


def handler(event, context):
    with open(os.path.join("/opt/pages", os.path.basename(event["page"]))) as file:
        return file.read()
