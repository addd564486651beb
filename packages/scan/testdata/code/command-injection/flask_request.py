import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/run")
def run():
    return subprocess.getoutput("nslookup " + request.args.get("host"))
