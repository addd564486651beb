import sqlite3

ORDERS = ("name", "price")


def handler(event, context):
    order = event["order"]
    if order not in ORDERS:
        order = "name"
    db = sqlite3.connect("/tmp/items.db")
    return db.execute("SELECT * FROM items WHERE id = ?", (event["id"],)).fetchall()
