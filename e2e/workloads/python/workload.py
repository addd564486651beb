import hashlib
import http.client
import os
import shutil
import subprocess
import threading
from urllib.parse import urlparse

import boto3
import psycopg2
from botocore.config import Config

SETTINGS = os.environ
SCRATCH = SETTINGS["SCRATCH"]


def use_http():
    connection = http.client.HTTPConnection(urlparse(SETTINGS["API_URL"]).hostname)
    answers, ports = hashlib.sha256(), set()
    for index in range(50):
        connection.request("GET", f"/{index}")
        ports.add(connection.sock.getsockname()[1])
        answers.update(connection.getresponse().read())
    connection.close()
    return f"50 answers {answers.hexdigest()} over {len(ports)} connection"


def use_database():
    with psycopg2.connect(SETTINGS["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("create temp table numbers (n int, words text)")
        cursor.execute("insert into numbers select n, 'number ' || n from generate_series(1, %s) n", (1000,))
        cursor.execute("select sum(n), max(words) from numbers where n %% %s = 0", (7,))
        total, last = cursor.fetchone()
    return f"sum {total}, last {last}"


def use_aws():
    client = boto3.client(
        "s3",
        endpoint_url=SETTINGS["S3_URL"],
        region_name="eu-west-1",
        aws_access_key_id="lab",
        aws_secret_access_key="lab",
        config=Config(s3={"addressing_style": "path"}),
    )
    for key in ("one", "two"):
        client.put_object(Bucket="python", Key=key, Body=f"object {key}".encode())
    keys = [entry["Key"] for entry in client.list_objects_v2(Bucket="python")["Contents"]]
    body = client.get_object(Bucket="python", Key="two")["Body"].read().decode()
    return f"{' '.join(keys)}: {body}"


def use_threads():
    results = {}

    def work(number):
        value = str(number)
        for _ in range(20000):
            value = hashlib.sha256(value.encode()).hexdigest()
        results[number] = value

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return " ".join(results[number][:8] for number in range(1, 5))


def use_child():
    done = subprocess.run(["/usr/bin/sort", "-n"], input=b"10\n9\n8\n", capture_output=True, check=False)
    return f"{' '.join(done.stdout.decode().split())}, exit code {done.returncode}"


def use_small_files():
    folder = f"{SCRATCH}/small"
    os.mkdir(folder)
    for index in range(100):
        with open(f"{folder}/{index}", "w") as file:
            file.write(f"content of {index}")
    everything = hashlib.sha256()
    for index in range(int(SETTINGS["FILES"])):
        with open(f"{folder}/{index % 100}", "rb") as file:
            everything.update(file.read())
    shutil.rmtree(folder)
    return f"{SETTINGS['FILES']} reads {everything.hexdigest()}"


def use_large_file():
    path = f"{SCRATCH}/large"
    with open(path, "wb") as file:
        for index in range(int(SETTINGS["MEGABYTES"])):
            file.write(bytes([index % 251]) * (1 << 20))
    everything = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            everything.update(piece)
    os.unlink(path)
    return f"{SETTINGS['MEGABYTES']} MB {everything.hexdigest()}"


for use in (use_http, use_database, use_aws, use_threads, use_child, use_small_files, use_large_file):
    print(f"{use.__name__}: {use()}", flush=True)
