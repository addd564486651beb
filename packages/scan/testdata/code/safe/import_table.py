import importlib

PLUGINS = {"a": "plugins.a", "b": "plugins.b"}


def handler(event, context):
    return importlib.import_module(PLUGINS[event["plugin"]]).run()
