from pathlib import Path

ROOT = Path("/opt/pages")


def handler(event, context):
    return (ROOT / event["page"]).read_text()
