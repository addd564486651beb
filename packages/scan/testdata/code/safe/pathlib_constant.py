from pathlib import Path


def handler(event, context):
    text = Path("/opt/pages/index.html").read_text()
    return text.replace("NAME", str(len(event["name"])))
