from shared.tables import patients


def handler(event, context):
    print(patients().item_count, "patients")
