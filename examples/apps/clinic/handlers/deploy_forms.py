import io
import os
import zipfile

import boto3

functions = boto3.client("lambda")


def handler(event, context):
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("forms.py", "def handler(event, context):\n    return {'statusCode': 200}\n")
    functions.update_function_code(FunctionName=os.environ["FORMS"], ZipFile=code.getvalue())
