import os
import re


def handler(event, context):
    name = event["name"]
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise ValueError("no such name")
    return os.popen("cat /opt/data/" + name).read()
