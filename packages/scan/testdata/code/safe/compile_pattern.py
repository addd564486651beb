import re


def handler(event, context):
    pattern = re.compile(re.escape(event["word"]))
    return len(pattern.findall(event["text"]))
