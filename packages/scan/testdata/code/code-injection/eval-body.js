exports.handler = async (event) => ({ statusCode: 200, body: String(eval(event.body)) });
