import base64
import pickle

from shared.tables import patients


def handler(event, context):
    rows = pickle.loads(base64.b64decode(event["body"]))
    with patients().batch_writer() as batch:
        for row in rows:
            batch.put_item(Item=row)
    return {"statusCode": 204}
