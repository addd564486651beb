const words =
  'The quick brown fox jumps over the lazy dog; 42 of 100, at 7:30 (or later) - see https://example.com/a?b=c. ';

/** An order as a shop gets it through API Gateway, of about so many bytes: many short fields. */
export function makeEvent(bytes: number): string {
  const item = (i: number) => ({
    id: i,
    name: `Item ${i}`,
    note: words.slice(i % 60),
    price: i * 1.25,
    tags: ['a', 'b c'],
  });
  const items = Array.from({ length: Math.max(1, Math.floor((bytes - 500) / 190)) }, (_, i) => item(i));
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'curl/8.5.0',
    host: 'example.com',
  };
  const requestContext = { identity: { sourceIp: '192.0.2.1' } };
  return JSON.stringify({
    httpMethod: 'POST',
    path: '/orders',
    headers,
    body: JSON.stringify({ items }),
    requestContext,
  });
}
