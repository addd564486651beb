import yaml
from yaml import SafeLoader


def handler(event, context):
    return [yaml.safe_load(event["body"]), yaml.load(event["body"], Loader=SafeLoader)]
