import sqlite3


def find(db, name):
    query = "SELECT * FROM items WHERE name LIKE '%{}%'".format(name)
    return db.execute(query).fetchall()


def handler(event, context):
    db = sqlite3.connect("/tmp/items.db")
    return find(db, event["queryStringParameters"]["q"])
