import { gzipSync } from 'node:zlib';

const base64 = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64');
const request = (body: string, headers: object, isBase64Encoded = false) => ({
  httpMethod: 'POST',
  path: '/notes',
  headers,
  body,
  isBase64Encoded,
  requestContext: { identity: { sourceIp: '192.0.2.1' } },
});
const json = { 'content-type': 'application/json' };

/** Events that bring a value, each in another wrapping; beside it stands `hay`. */
export const carriers: [name: string, carry: (value: string, hay: unknown[]) => object][] = [
  ['a direct event', (value, hay) => ({ list: [...hay, { note: value }] })],
  ['JSON in JSON', (value, hay) => ({ note: JSON.stringify({ list: [...hay, [value]] }) })],
  ['base64', (value, hay) => ({ list: [...hay, base64(value)] })],
  [
    'a query string',
    (value, hay) => ({
      ...request('', {}),
      httpMethod: 'GET',
      queryStringParameters: { hay: JSON.stringify(hay), q: value },
    }),
  ],
  [
    'a form',
    (value, hay) =>
      request(String(new URLSearchParams({ hay: JSON.stringify(hay), note: value })), {
        'content-type': 'application/x-www-form-urlencoded',
      }),
  ],
  ['a body in base64', (value, hay) => request(base64(JSON.stringify({ hay, note: value })), json, true)],
  [
    'a body in gzip',
    (value, hay) =>
      request(
        base64(gzipSync(JSON.stringify({ hay, note: value }))),
        { ...json, 'content-encoding': 'gzip' },
        true,
      ),
  ],
  [
    'a part of a form',
    (value, hay) =>
      request(
        [
          `--b\r\ncontent-disposition: form-data; name="hay"\r\n\r\n${JSON.stringify(hay)}\r\n`,
          `--b\r\ncontent-disposition: form-data; name="note"\r\n\r\n${value}\r\n--b--\r\n`,
        ].join(''),
        { 'content-type': 'multipart/form-data; boundary=b' },
      ),
  ],
  [
    'SNS in SQS',
    (value, hay) => ({
      Records: [...hay, value].map((one, index) => ({
        messageId: `${index}`,
        eventSource: 'aws:sqs',
        body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ one }) }),
      })),
    }),
  ],
  [
    'Kinesis',
    (value, hay) => ({
      Records: [...hay, value].map((one) => ({
        eventSource: 'aws:kinesis',
        kinesis: { data: base64(JSON.stringify({ one })) },
      })),
    }),
  ],
];
