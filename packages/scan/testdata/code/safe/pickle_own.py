import pickle

with open("/opt/model.bin", "rb") as file:
    MODEL = pickle.load(file)


def handler(event, context):
    return MODEL.predict(event["values"])
