import ast


def handler(event, context):
    return ast.literal_eval(event["value"])
