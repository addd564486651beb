import shlex
import subprocess


def lambda_handler(event, context):
    folder = shlex.quote(event["folder"])
    return subprocess.check_output("ls -l " + folder, shell=True)
