export const handler = () => ({ statusCode: 200, body: 'ok' });
