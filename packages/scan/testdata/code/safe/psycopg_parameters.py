import os

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE"])


def handler(event, context):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM users WHERE id = %s", (event["id"],))
        return cursor.fetchall()
