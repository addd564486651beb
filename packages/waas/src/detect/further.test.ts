import { describe, expect, test } from 'vitest';
import { loadEngine, type ProtectionClass } from '../index.ts';
import { testCases, testHostileTexts } from './judge-cases.ts';

const engine = await loadEngine();

/** The classes that are found in an event, with the path of the first verdict of each. */
function inspect(event: unknown): Partial<Record<ProtectionClass, string>> {
  const found: Partial<Record<ProtectionClass, string>> = {};
  for (const { class: kind, path } of engine.inspectEvent(JSON.stringify(event)).verdicts)
    found[kind] ??= path;
  return found;
}

describe('NoSQL injection', () => {
  test('an operator as a member', () => {
    expect(inspect({ body: JSON.stringify({ user: 'anna', password: { $ne: null } }) })).toEqual({
      nosql: 'body.password.$ne',
    });
    expect(inspect({ body: 'user=anna&password[$gt]=' })).toMatchObject({
      nosql: expect.stringContaining('body'),
    });
  });

  testCases('nosql', {
    attacks: [
      ['an object in a text', '{"$gt": ""}'],
      ['without quotes', "x, {$where: 'sleep(1000)'}"],
    ],
    harmless: [
      ['a price', 'for $in or $out'],
      ['a variable', '${name} costs $5'],
      ['a reference of a schema', '{"$ref": "#/definitions/a"}'],
    ],
  });
});

describe('prototype pollution', () => {
  test.each([['{"__proto__":{"admin":true}}'], ['{"constructor.prototype.admin":1}']])('%s', (body) => {
    expect(inspect({ body })).toHaveProperty('prototype');
  });

  test('in a form, and not in a value', () => {
    expect(inspect({ body: '__proto__[admin]=1' })).toHaveProperty('prototype');
    expect(inspect({ body: JSON.stringify({ note: 'what is __proto__ for?' }) })).toEqual({});
  });
});

testCases('xxe', {
  attacks: [
    ['a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % b PUBLIC "x" "http://203.0.113.9/b">%b;]>'],
    ['a document type from elsewhere', '<!DOCTYPE a SYSTEM "http://203.0.113.9/a.dtd"><a/>'],
    ['behind declarations without end', `${'<!ENTITY a '.repeat(2)}<!ENTITY b SYSTEM "file:///etc/passwd">`],
    ['an inclusion', '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></a>'],
    [
      'entities of entities',
      '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;"><!ENTITY d "&c;&c;"><!ENTITY e "&d;&d;">]>',
    ],
  ],
  harmless: [
    ['HTML', '<!DOCTYPE html><html></html>'],
    ['a plain document', '<?xml version="1.0"?><order id="1"><item>x</item></order>'],
  ],
});

testCases('ssrf', {
  attacks: [
    ['the metadata of AWS', 'http://169.254.169.254/latest/meta-data/'],
    ['in decimal', 'http://2852039166/'],
    ['in hexadecimal', 'http://0xA9FEA9FE/'],
    ['in octal', 'http://0251.0376.0251.0376/'],
    ['in IPv6', 'http://[::ffff:169.254.169.254]/'],
    ['of AWS in IPv6', 'http://[fd00:ec2::254]/latest'],
    ['of Google', 'http://metadata.google.internal/computeMetadata/v1/'],
    ['the function itself', 'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next'],
    ['by the shortest name', 'http://0/'],
    ['by name', 'https://localhost:8080/admin'],
    ['behind a user', 'https://example.com@127.0.0.1/'],
    ['backslashes', 'http:\\\\127.0.0.1\\'],
    ['a private network', 'http://10.0.0.5/'],
    ['a cluster', 'http://api.prod.svc.cluster.local/'],
    ['a scheme of other services', 'gopher://example.com:6379/_INFO'],
    ['enclosed digits', 'http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/'],
  ],
  harmless: [
    ['an address', 'https://example.com/a?b=c'],
    ['an address with a port', 'https://example.com:8443/'],
    ['a public network', 'http://93.184.216.34/'],
    ['a number', 'a:127'],
    ['prose', 'Start it on http://localhost:3000 and look'],
    ['a time', '10:30'],
  ],
});

test('open redirects are looked for where a field says where to go next', () => {
  expect(inspect({ queryStringParameters: { next: '//evil.example' } })).toHaveProperty('redirect');
  expect(inspect({ queryStringParameters: { return_url: '/\\evil.example' } })).toHaveProperty('redirect');
  expect(inspect({ queryStringParameters: { next: 'https://evil.example/' } })).toHaveProperty('redirect');
  expect(inspect({ queryStringParameters: { next: '/account/orders' } })).toEqual({});
  expect(inspect({ queryStringParameters: { note: 'https://example.com/' } })).toEqual({});
});

testCases('ldap', {
  attacks: [
    ['another filter', '*)(uid=*))(|(uid=*'],
    ['always true', 'admin)(&)'],
    ['an or', 'x)(|(password=*)'],
  ],
  harmless: [
    ['calls', 'f(a)(b)'],
    ['prose', 'one (two) (three = 3)'.replace(' = ', ' is ')],
    ['an arrow function', '(a)(b => c)'],
  ],
});

testCases('xpath', {
  attacks: [
    ['another path', "' or count(//user)=1 or 'a'='b"],
    ['a union', "x'] | //user/* | //*[a='"],
    ['an axis', "' or ancestor::node()/name()='a"],
  ],
  harmless: [
    ['an address', 'https://example.com/a//b'],
    ['a comment', "let a = 1 // it's one"],
    ['a path', '/a/b/c.txt'],
  ],
});

testCases('crlf', {
  attacks: [
    ['a header', 'x\r\nSet-Cookie: admin=1'],
    ['escaped', 'x%0d%0aLocation:%20https://evil.example'],
    ['a response', 'x\r\n\r\nHTTP/1.1 200 OK\r\n'],
    ['a receiver of mail', 'anna@example.com\nBcc: all@example.com'],
    ['a command of mail', 'x\r\nRCPT TO:<all@example.com>'],
  ],
  harmless: [
    ['an address of a letter', 'Main Street 1\r\n12345 Town'],
    ['a list', 'to do:\n- buy milk\n- call Anna'],
    ['program text', 'const a = 1\nserver.listen(80)\nlocation.reload()'],
  ],
});

test('scanners are looked for in the field that names the client', () => {
  expect(inspect({ headers: { 'User-Agent': 'sqlmap/1.8#stable (https://sqlmap.org)' } })).toEqual({
    scanner: 'headers.User-Agent',
  });
  expect(inspect({ headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' } })).toEqual({});
  expect(inspect({ body: 'we use nikto and nmap' })).toEqual({});
});

testHostileTexts('ssrf', [
  'http:',
  '//',
  '/',
  '\\',
  '[',
  ']',
  '::',
  '127',
  '.',
  '0x',
  '@',
  '%',
  'ffff',
  '<!ENTITY',
  'SYSTEM',
  '>',
  ')(',
  '|',
  '=',
  '\r\n',
  'Set-Cookie:',
  '$ne',
  '{',
  ':',
  '"',
]);
