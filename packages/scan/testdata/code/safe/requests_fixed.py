import os

import requests


def handler(event, context):
    base = os.environ["API"]
    one = requests.get(f"{base}/items/{event['id']}", timeout=3)
    return requests.post("https://api.example.com/items", json={"id": event["id"], "old": one.text}, timeout=3).text
