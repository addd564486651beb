import os

from aws_lambda_powertools.event_handler import APIGatewayRestResolver

app = APIGatewayRestResolver()


@app.get("/resolve")
def resolve():
    return os.popen("nslookup " + app.current_event.get_query_string_value("name")).read()


def handler(event, context):
    return app.resolve(event, context)
