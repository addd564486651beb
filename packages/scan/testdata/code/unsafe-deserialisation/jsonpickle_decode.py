import jsonpickle


class Reader:
    def __init__(self, text):
        self.text = text

    def read(self):
        return jsonpickle.decode(self.text)


def handler(event, context):
    return Reader(event["state"]).read()
