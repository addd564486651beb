"""Converts Markdown documents: to HTML, to an index of their words, to a compressed copy, or to statistics."""
import base64
import os
import subprocess

from markdown import to_html

SCRATCH = "/tmp/documents"


def lambda_handler(event, context):
    """Event: {name, text, to: "html" | "index" | "gzip" | "statistics"}."""
    name, text, target = event["name"], event["text"], event["to"]
    if target == "html":
        return {"name": name, "html": to_html(text)}
    if target == "index":
        return {"name": name, "index": make_index(text)}
    if target == "gzip":
        packed = run_tool(["/usr/bin/gzip", "-n", "-c"], text)
        return {"name": name, "gzip": base64.b64encode(packed).decode()}
    return {"name": name, "statistics": make_statistics(name, text)}


def make_index(text):
    words = "\n".join(sorted({word.strip(".,#*`").lower() for word in text.split()} - {""}))
    return run_tool(["/usr/bin/sort", "-u"], words + "\n").decode().split()


def run_tool(command, text):
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True, env={"LC_ALL": "C"}).stdout


def make_statistics(name, text):
    os.makedirs(SCRATCH, exist_ok=True)
    with open(f"{SCRATCH}/document", "w") as document:
        document.write(text)
    # The hole: the name of the document becomes part of a command line.
    result = subprocess.run(
        f"wc -w < {SCRATCH}/document; echo words in {name}", shell=True, capture_output=True, text=True, check=True
    )
    return result.stdout.split("\n")
