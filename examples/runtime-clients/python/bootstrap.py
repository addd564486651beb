"""Runs a Python function: speaks Lambda's Runtime API 2018-06-01.

AWS's own client for Python is not in the registries that Ringfence builds from; this one keeps to the documented API and to
the shapes of results, errors and logs that Lambda shows.
"""
import http.client
import importlib
import json
import os
import sys
import time
import traceback

API = "/2018-06-01/runtime"


class Context:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = environment["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environment["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environment["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environment["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = json.loads(headers.get("Lambda-Runtime-Client-Context") or "null")
        self.identity = json.loads(headers.get("Lambda-Runtime-Cognito-Identity") or "null")
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)


class Client:
    """One connection to the Runtime API, kept open."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def call(self, method, path, body=None, headers=None):
        self.connection.request(method, API + path, body, headers or {})
        response = self.connection.getresponse()
        return response.headers, response.read()

    def post_error(self, path, error):
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": error["errorType"]}
        self.call("POST", path, json.dumps(error).encode(), headers)


def describe_error(error, request_id=""):
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__ and "importlib" not in frame.filename]
    lines = traceback.format_list(own)
    described = {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": lines,
    }
    print(f"[ERROR] {described['errorType']}: {error}\nTraceback (most recent call last):\n{''.join(lines)}", flush=True)
    return described


def load_handler(name):
    module, _, function = name.rpartition(".")
    if not module:
        raise ValueError(f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    loaded = importlib.import_module(module.replace("/", "."))
    if not hasattr(loaded, function):
        raise AttributeError(f"Handler '{function}' missing on module '{module}'")
    return getattr(loaded, function)


def describe_init_error(error):
    described = describe_error(error)
    kinds = {
        ImportError: "Runtime.ImportModuleError",
        SyntaxError: "Runtime.UserCodeSyntaxError",
        AttributeError: "Runtime.HandlerNotFound",
        ValueError: "Runtime.MalformedHandlerName",
    }
    for kind, name in kinds.items():
        if isinstance(error, kind):
            described["errorType"] = name
    return described


def main():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    client = Client()
    try:
        handler = load_handler(sys.argv[1])
    except BaseException as error:
        client.post_error("/init/error", describe_init_error(error))
        sys.exit(1)
    while True:
        headers, event = client.call("GET", "/invocation/next")
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        path = f"/invocation/{request_id}"
        try:
            result = handler(json.loads(event), Context(headers))
            body = json.dumps(result, ensure_ascii=False).encode()
        except Exception as error:
            sys.stdout.flush()
            client.post_error(f"{path}/error", describe_error(error, request_id))
            continue
        sys.stdout.flush()
        client.call("POST", f"{path}/response", body, {"Content-Type": "application/json"})


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
