import os
import re


def validate(name):
    if not re.match(r"^[a-z]+$", name):
        raise ValueError("no such name")


def handler(event, context):
    name = event["name"]
    validate(name)
    os.system("convert /tmp/" + name)
