def handler(event, context):
    return eval(event["formula"], {"__builtins__": {}})
