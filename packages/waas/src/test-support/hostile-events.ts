const fill = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const post = (body: unknown, type = 'application/json', more = {}) =>
  JSON.stringify({ httpMethod: 'POST', headers: { 'content-type': type }, ...more, body });
const get = (more: object) => JSON.stringify({ httpMethod: 'GET', ...more });
const list = <T>(size: number, each: number, make: (index: number) => T) =>
  Array.from({ length: Math.floor(size / each) }, (_, index) => make(index));
const members = (size: number, each: number, value: unknown) =>
  Object.fromEntries(list(size, each, (index) => [`m${String(index).padStart(7, '0')}`, value]));
const records = (size: number, make: (id: string) => object) =>
  JSON.stringify({ Records: list(size, 150, (index) => make(String(index).padStart(7, '0'))) });
const multipart = 'multipart/form-data; boundary=b';
const part = (content: string) => `--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n${content}\r\n`;
const form = 'application/x-www-form-urlencoded';
const xml = 'text/xml';

/** Events of about `size` bytes each, in which something is repeated, nested, left open or encoded again and again. */
export const hostileEvents: [what: string, make: (size: number) => string][] = [
  ['arrays in arrays', (n) => '['.repeat(n / 2) + ']'.repeat(n / 2)],
  ['objects in objects', (n) => `${'{"a":'.repeat(n / 6)}1${'}'.repeat(n / 6)}`],
  ['arrays in arrays, in a body', (n) => post('['.repeat(n / 2) + ']'.repeat(n / 2))],
  ['objects that nothing closes', (n) => post('{"a":['.repeat(n / 6))],
  ['bodies of cut off JSON', (n) => JSON.stringify(list(n, 8, () => '{"a":"'))],
  ['JSON in JSON in JSON', (n) => JSON.stringify(list(n, 30, () => JSON.stringify({ a: '{"b":"c"}' })))],
  ['members', (n) => JSON.stringify(members(n, 13, 1))],
  ['one member again and again', (n) => `{${list(n, 8, (i) => `"a":${i % 10}`).join(',')}}`],
  ['a key', (n) => `{"${fill("' or 1=1--", n)}":1}`],
  ['keys', (n) => `{${list(n, 20, () => `"x' or 1=1--":1`).join(',')}}`],
  ['a number', (n) => post(`[${'9'.repeat(n)}]`)],
  ['escapes of JSON', (n) => `{"a":"${'\\u0021'.repeat(n / 6)}"}`],
  ['percent-encoding', (n) => post(fill('%25', n))],
  ['percent-encoding, again and again', (n) => post(`%${'25'.repeat(n / 2)}`)],
  ['percent-encoding, Microsoft’s', (n) => post(fill('%u0025', n))],
  ['overlong characters', (n) => post(fill('%c0%ae', n), form)],
  ['entities', (n) => post(fill('&amp;', n))],
  ['entities of entities', (n) => post(`&${'amp;'.repeat(n / 4)}`)],
  ['an entity', (n) => post(`&#${'0'.repeat(n)}`)],
  ['backslashes', (n) => post('\\'.repeat(n))],
  ['UTF-7', (n) => post(fill('+ADw-', n))],
  ['UTF-7, one run', (n) => post(`+${'A'.repeat(n)}-`)],
  ['fullwidth forms', (n) => post('ｓ'.repeat(n / 3))],
  ['zero bytes', (n) => post('a\0'.repeat(n / 2))],
  ['base64', (n) => post(base64('select '.repeat(n / 10)))],
  ['base64, a body', (n) => post(base64("' or ".repeat(n / 8)), 'text/plain', { isBase64Encoded: true })],
  ['base64, a list', (n) => JSON.stringify(list(n, 40, () => base64('{"a": "b", "cd": "ef"}')))],
  ['base64 of base64', (n) => post(base64(base64(base64('a b '.repeat(n / 10)))))],
  ['parts', (n) => post(fill(part('x'), n), multipart)],
  ['parts in parts', (n) => post(part(part(part('x '.repeat(n / 2)))), multipart)],
  [
    'what is almost a boundary',
    (n) => post(`${part('').replace('b', '-'.repeat(n / 2))}${fill('\n-', n / 2)}`),
  ],
  ['headers of a part', (n) => post(`--b\r\n${fill('content-type: a="b"\r\n', n)}`, multipart)],
  ['names of a part', (n) => post(`--b\r\ncontent-disposition: ${fill('name="', n)}`, multipart)],
  ['elements', (n) => post('<a>'.repeat(n / 7) + '</a>'.repeat(n / 7), xml)],
  ['elements that nothing closes', (n) => post('<a>'.repeat(n / 3), xml)],
  ['attributes', (n) => post(`<a ${fill('b="c" ', n)}/>`, xml)],
  ['attributes that nothing closes', (n) => post(`${fill('<a b="', n)}>`, xml)],
  ['comments of XML', (n) => post(fill('<!-- a -->', n), xml)],
  ['comments of XML that nothing closes', (n) => post(`${fill('<!--', n)}>`, xml)],
  ['CDATA', (n) => post(fill('<a><![CDATA[<b>x</b>]]></a>', n), xml)],
  ['CDATA that nothing closes', (n) => post(`${fill('<![CDATA[', n)}>`, xml)],
  ['declarations', (n) => post(`<!DOCTYPE a [${fill('<!ENTITY b "c">', n)}]><a/>`, xml)],
  ['a form', (n) => post(fill('a=b&', n), form)],
  ['a form without names', (n) => post(fill('=&', n), form)],
  ['forms in a form', (n) => post(fill('a=b%3Dc%26d%3De&', n), form)],
  ['addresses', (n) => post(fill('http://a?b=c&d=e ', n))],
  ['an address of questions', (n) => post(`http://a${fill('?b=', n)}`)],
  ['cookies', (n) => get({ headers: { cookie: fill('a=b; ', n) } })],
  ['headers', (n) => get({ headers: members(n, 13, 'a') })],
  ['a header of many values', (n) => get({ multiValueHeaders: { accept: list(n, 9, () => 'text/a') } })],
  [
    'a type that is read for each text',
    (n) => get({ headers: { 'content-type': 'x'.repeat(n / 2) }, body: list(n, 8, () => 'é') }),
  ],
  ['parameters', (n) => get({ queryStringParameters: members(n, 13, 'a') })],
  ['a path', (n) => get({ path: fill('/..', n) })],
  ['messages', (n) => records(n, (messageId) => ({ eventSource: 'aws:sqs', messageId, body: '{"a":1}' }))],
  [
    'messages of attacks',
    (n) => records(n, (messageId) => ({ eventSource: 'aws:sqs', messageId, body: "' or 1=1--" })),
  ],
  [
    'a stream',
    (n) =>
      records(n, (sequenceNumber) => ({
        eventSource: 'aws:kinesis',
        kinesis: { sequenceNumber, data: base64('{"a":"b c"}') },
      })),
  ],
  ['a GraphQL document', (n) => post(`query { ${fill('a(b: "c") { d } ', n)} }`)],
  ['literals that nothing closes', (n) => post(`query { ${fill('a(b: "c\\" ', n)} }`)],
  ['literals with wrong escapes', (n) => post(`{ a(b: "${fill('\\"..\\', n)}" }`)],
  [
    'a token',
    (n) =>
      post(`${base64('{"alg":"none"}')}.${base64(`{"a":"${'xyz '.repeat(n / 5)}"}`)}.`.replaceAll('=', '')),
  ],
  ['comments of SQL', (n) => post(`1 ${fill('/**/', n)} or 1=1`)],
  ['comments of SQL that nothing closes', (n) => post(`1 ${fill('/*', n)} or 1=1`)],
  ['comments that MySQL runs', (n) => post(`1 ${fill('/*!50000 ', n)} or 1=1`)],
  ['comments to the end of the line', (n) => post(`1 ${fill('-- \n', n)} or 1=1`)],
  ['blanks', (n) => post(`1${' '.repeat(n)}or 1=1`)],
  ['handlers', (n) => post(`<b ${fill('onload ', n)}`)],
  ['all at once', (n) => post(fill("' or 1=1-- <script>alert(1)</script>;cat /etc/passwd {{7*7}} ", n))],
];
