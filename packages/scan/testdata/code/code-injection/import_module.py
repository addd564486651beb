import importlib


def handler(event, context):
    return importlib.import_module("plugins." + event["plugin"]).run()
