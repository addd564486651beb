import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadEngine } from '../index.ts';

const engine = await loadEngine();

/** What the engine finds malformed in the event: `path: reason`. */
function malformed(event: object | string | Buffer): string[] {
  const text = typeof event === 'string' || Buffer.isBuffer(event) ? event : JSON.stringify(event);
  return engine
    .inspectEvent(text)
    .verdicts.filter((verdict) => verdict.class === 'malformed')
    .map(({ path, reason }) => `${path}: ${reason}`);
}

/** A request as API Gateway passes it on. */
const request = (fields: object) => ({
  httpMethod: 'POST',
  path: '/',
  requestContext: { identity: { sourceIp: '192.0.2.1' } },
  ...fields,
});
const typed = (type: string, body: string | Buffer, headers: object = {}) =>
  request({
    headers: { 'Content-Type': type, ...headers },
    body: body.toString(Buffer.isBuffer(body) ? 'base64' : 'utf8'),
    isBase64Encoded: Buffer.isBuffer(body),
  });
const json = (body: string | Buffer) => typed('application/json; charset=utf-8', body);
const many = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, i) => make(i));
const part = '\r\nContent-Disposition: form-data; name="a"\r\n\r\nhay\r\n';

const twice = 'has a member twice, with different values';
const unknown = 'has a value that JSON does not know';
const noJson = 'is no JSON, but is said to be';
const noBoundary = 'does not begin with its boundary';
const overlong = 'writes a character in more bytes than it takes';

describe('finds', () => {
  test.each<[why: string, event: object | string | Buffer, found: string]>([
    ['a member twice', json('{"role":"user","role":"admin"}'), `body.role: ${twice}`],
    ['a member twice, once written in escapes', json('{"a":{"b":1,"\\u0062":2}}'), `body.a.b: ${twice}`],
    ['a member twice, with an object between', json('{"a":1,"b":{"a":2,"c":[]},"a":3}'), `body.a: ${twice}`],
    ['a member twice in what another function sends', '{"a":"1","a":"2"}', `a: ${twice}`],
    [
      'a member twice, ten thousand others between',
      json(`{"a":1,${many(10_000, (i) => `"k${i}":0`)},"a":2}`),
      `body.a: ${twice}`,
    ],
    ['a body that is no JSON', json('{"a":1,}'), `body: ${noJson}`],
    ['a form that is said to be JSON', json('a=1&b=2'), `body: ${noJson}`],
    ['JSON with a comment', json('{"a":1/**/}'), `body: ${noJson}`],
    ['bytes that are said to be JSON', json(Buffer.from([0x7b, 0xff, 0x01, 0x7d])), `body: ${noJson}`],
    ['a number in hexadecimal', json('{"a":0x10}'), `body.a: ${unknown}`],
    ['a number with a zero before', json('[012]'), `body[0]: ${unknown}`],
    [
      'a number no double holds',
      json('{"a":1e309}'),
      'body.a: has a number that is larger than parsers take',
    ],
    [
      'a number that is too long',
      json(`{"a":0.${'1'.repeat(2000)}}`),
      'body.a: has a number that is larger than parsers take',
    ],
    [
      'nesting',
      json('['.repeat(100) + ']'.repeat(100)),
      `body${'[0]'.repeat(64)}: is nested deeper than parsers follow`,
    ],
    ['a zero byte', json('{"a":"x\\u0000y"}'), 'body.a: has a zero byte'],
    ['a zero byte in an address', request({ path: '/a%00.jpg' }), 'path: has a zero byte'],
    [
      'a zero byte in a form',
      typed('application/x-www-form-urlencoded', 'a=1%00'),
      'body.a: has a zero byte',
    ],
    ['a control character in a name', json('{"a\\u0001":1}'), 'body.a\u0001: has a control character'],
    [
      'a control character in a header',
      request({ headers: { 'x-a': 'b\u0008' } }),
      'headers.x-a: has a control character',
    ],
    ['overlong UTF-8', request({ path: '/%c0%ae%c0%ae/' }), `path: ${overlong}`],
    [
      'overlong UTF-8 of three bytes',
      typed('text/plain', Buffer.from('2e2ee080af61', 'hex')),
      `body: ${overlong}`,
    ],
    ['half a character', json('{"a":"\\ud800"}'), 'body.a: has half a character, a lone surrogate'],
    [
      'bytes that are no UTF-8',
      typed('text/plain', Buffer.from('610aff62', 'hex')),
      'body: is not written in UTF-8',
    ],
    [
      'multipart without a boundary',
      typed('multipart/form-data', `--b${part}--b--`),
      'body: is multipart without a boundary',
    ],
    [
      'multipart with two',
      typed('multipart/form-data; boundary=b; boundary=c', `--b${part}--b--`),
      'body: is multipart with two boundaries',
    ],
    [
      'multipart with another',
      typed('multipart/form-data; boundary=c', `--b${part}--b--`),
      `body: ${noBoundary}`,
    ],
    [
      'multipart with a shorter one',
      typed('multipart/form-data; boundary="bc"', `--b${part}--b--`),
      `body: ${noBoundary}`,
    ],
    [
      'two lengths',
      request({ headers: { 'content-length': '5, 6' } }),
      'headers.content-length: is no length',
    ],
    [
      'two lengths, apart',
      request({ multiValueHeaders: { 'Content-Length': ['5', '6'] } }),
      'multiValueHeaders.Content-Length[1]: is a second value of a header that has one',
    ],
    [
      'a length and chunks',
      request({ headers: { 'content-length': '5', 'transfer-encoding': 'chunked' } }),
      'headers.transfer-encoding: ends by its length and by its chunks',
    ],
    [
      'several types',
      request({ headers: { 'content-type': 'text/plain, application/json' } }),
      'headers.content-type: has several types',
    ],
    [
      'many headers',
      request({ headers: Object.fromEntries(many(101, (i) => [`x-${i}`, ''])) }),
      'headers.x-100: is one of more headers than servers take',
    ],
    [
      'a long header',
      request({ headers: { 'x-a': 'a'.repeat(16_385) } }),
      'headers.x-a: is longer than headers are',
    ],
    [
      'a long name',
      request({ headers: { [`x-${'a'.repeat(300)}`]: '' } }),
      `${`headers.x-${'a'.repeat(300)}`.slice(0, 256)}: is longer than names of headers are`,
    ],
    [
      'many cookies',
      request({ headers: { cookie: many(181, (i) => `a${i}=b`).join('; ') } }),
      'headers.cookie: has more cookies than browsers keep',
    ],
    [
      'many cookies, apart',
      request({ cookies: many(181, (i) => `a${i}=b`) }),
      'cookies[180]: is one of more cookies than browsers keep',
    ],
    [
      'many parameters',
      request({ queryStringParameters: Object.fromEntries(many(1001, (i) => [`a${i}`, ''])) }),
      'queryStringParameters.a1000: is one of more parameters than servers take',
    ],
    [
      'a form of many fields',
      typed('application/x-www-form-urlencoded', many(1001, (i) => `a${i}=b`).join('&')),
      'body: has more fields than servers take',
    ],
    ['a long address', request({ path: `/${'a'.repeat(8192)}` }), 'path: is longer than addresses are'],
    [
      'a bomb',
      typed('application/json', gzipSync(Buffer.alloc(64 << 20, ' ')), { 'Content-Encoding': 'gzip' }),
      'body: inflates to far more than it is',
    ],
    [
      'a form that is said to be JSON, compressed',
      typed('application/json', gzipSync('a=1'), { 'Content-Encoding': 'gzip' }),
      `body: ${noJson}`,
    ],
  ])('%s', (_, event, found) => {
    expect(malformed(event)).toContain(found);
  });
});

describe('lets pass', () => {
  test.each<[why: string, event: object | string]>([
    ['a member twice, with one value', json('{"a":1,"a":1}')],
    ['one name in several objects', json('[{"a":1},{"a":2,"b":{"a":3}}]')],
    ['a text as JSON', json('"hay"')],
    ['a number as JSON', json(' -1.5e+3 ')],
    ['no body', json('')],
    ['no number, as Python writes it', json('{"a":NaN,"b":-Infinity}')],
    [
      'JSON that is compressed',
      typed('application/json', gzipSync('{"a":1}'), { 'Content-Encoding': 'gzip' }),
    ],
    ['a sequence of JSON', typed('application/json-seq', '\u001e{"a":1}\n')],
    ['multipart', typed('multipart/form-data; boundary=b', `--b${part}--b--`)],
    ['multipart with a quoted boundary', typed('multipart/form-data; boundary="b?c"', `--b?c${part}--b?c--`)],
    ['an image', typed('image/png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))],
    ['a zero byte in a body of bytes', typed('application/octet-stream', 'a\0b')],
    ['escapes in prose', json('{"a":"cut at %00, and never write \\\\x00 or &#0;"}')],
    ['a token of zero bytes', json(JSON.stringify({ a: Buffer.alloc(12).toString('base64') }))],
    ['colours of a terminal', json('{"a":"\\u001b[1mhay\\u001b[0m"}')],
    ['a type with a quoted comma', request({ headers: { 'content-type': 'text/plain; a="b,c"' } })],
    ['two values of any header', request({ multiValueHeaders: { accept: ['a/b', 'c/d'] } })],
    ['a record of any bytes', { Records: [{ eventSource: 'aws:sqs', messageId: '1', body: 'a\0b' }] }],
    ['characters of all planes', json(JSON.stringify({ a: 'é ｎ 漢 😀' }))],
  ])('%s', (_, event) => {
    expect(malformed(event)).toEqual([]);
  });

  test('a text alone, whatever it is', () => {
    const texts = ['{"a":1,"a":2}', 'a\0b', '\u0001', '\ud800', '['.repeat(200) + ']'.repeat(200), '%c0%ae'];
    for (const text of texts)
      expect(engine.inspectText(text).filter((verdict) => verdict.class === 'malformed')).toEqual([]);
  });
});

test.each([
  ['deflate', deflateSync],
  ['deflate without its wrapper', deflateRawSync],
])('a body in %s is read', (_, compress) => {
  const event = typed('text/plain', compress('../../../etc/passwd'), { 'Content-Encoding': 'deflate' });
  expect(engine.inspectEvent(JSON.stringify(event)).verdicts).toMatchObject([{ class: 'lfi', path: 'body' }]);
});

test('a body in an encoding that is not known is said to be unread', () => {
  const event = typed('text/plain', Buffer.from([0x8b, 1, 0x80]), { 'Content-Encoding': 'br' });
  expect(engine.inspectEvent(JSON.stringify(event)).incomplete).toBe(true);
});

test('bytes that are no text hide nothing in a body that is said to be text', () => {
  const event = typed('application/x-www-form-urlencoded', Buffer.from('a=\u0001&b=../../../etc/passwd'));
  expect(engine.inspectEvent(JSON.stringify(event)).verdicts).toContainEqual(
    expect.objectContaining({ class: 'lfi', path: 'body.b' }),
  );
});
