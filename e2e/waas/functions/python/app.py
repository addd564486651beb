calls = 0


def handler(event, context):
    """Shows what it was given, and how often it was called."""
    global calls
    calls += 1
    if "Records" in event:
        return {"batchItemFailures": [], "calls": calls, "event": event}
    return {"calls": calls, "event": event}
