import subprocess


def handler(event, context):
    name = event["queryStringParameters"].get("name", "x")
    subprocess.run(["convert", f"/tmp/{name}", "/tmp/out.png"], check=True)
