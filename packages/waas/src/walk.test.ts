import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, loadEngine } from './index.ts';
import { needleSettings } from './test-settings.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(needleSettings());
});

/** Where the needle was found: `path` or `path <- decodings`. */
function find(event: unknown): string[] {
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  return engine
    .inspectEvent(text)
    .verdicts.map(({ path, decoding }) => (decoding.length > 0 ? `${path} <- ${decoding.join(', ')}` : path));
}

/** Ever more can be decoded of this than an engine has patience for. */
const endless = `${'%25'.repeat(50_000)}&#37;+\\x25`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('walks JSON', () => {
  test.each<[string, unknown, string[]]>([
    ['a member', { a: { b: 'x needle' } }, ['a.b']],
    ['an element', { list: [1, null, true, { c: ['', 'x needle'] }] }, ['list[3].c[1]']],
    ['behind empty containers', { a: {}, b: [], c: [[], {}], d: 'x needle' }, ['d']],
    ['a key', { 'x needle': 1 }, ['x needle <- key']],
    ['a text alone', '"x needle"', ['']],
    ['an array outside', ['x needle'], ['[0]']],
    ['escapes', '{"a":"x n\\u0065edl\\u0065"}', ['a']],
    ['white space', ' {\n"a" :\t[ "x needle" ]\r\n} ', ['a[0]']],
    ['several', { a: 'x needle', b: 'x needle' }, ['a', 'b']],
    ['what is no JSON, as one text', 'x needle', ['']],
    ['cut off JSON, up to there', '{"a":"x needle","b":', ['a', ' <- graphql']],
  ])('%s', (_, event, expected) => {
    expect(find(event)).toEqual(expected);
  });

  test('at any depth', () => {
    const depth = 200_000;
    expect(find(`${'['.repeat(depth)}"x needle"${']'.repeat(depth)}`)).toHaveLength(1);
    expect(find(`${'{"a":'.repeat(depth)}"x needle"${'}'.repeat(depth)}`)).toHaveLength(1);
  });

  test('at any index', () => {
    const list = Array.from({ length: 100_000 }, () => 'hay');
    expect(find([...list, 'x needle'])).toEqual(['[100000]']);
  });
});

describe('walks what strings hold', () => {
  test.each<[string, string, string]>([
    ['JSON', JSON.stringify({ a: ['x needle'] }), 'body.a[0] <- json'],
    ['JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: 'x needle' }) }), 'body.a.b <- json, json'],
    ['a form', 'a=1&b=x+needle', 'body.b <- form, plus'],
    ['a query string of an address', 'https://example.com/a?b=1&c=x%20needle', 'body.c <- form, percent'],
    ['cookies', 'a=1; b=x needle', 'body.b <- form'],
    ['percent-encoding', 'x%20n%65edle', 'body <- percent'],
    ['twice', 'x%2520needle', 'body <- percent, percent'],
    ["percent-encoding of Microsoft's", 'x%u0020needle', 'body <- percent'],
    ['a plus for a space', 'x+needle', 'body <- plus'],
    ['entities', 'x &#110;&#x65;edl&#101', 'body <- entity'],
    ['escapes of programs', 'x \\u006eeedl\\x65', 'body <- unicode'],
    ['base64', base64('x needle'), 'body <- base64'],
    [
      'base64 for addresses',
      Buffer.from('{"a?>~~":"x needle"}').toString('base64url'),
      'body.a?>~~ <- base64, json',
    ],
    ['base64 twice', base64(base64('x needle')), 'body <- base64, base64'],
    ['fullwidth forms', 'x ｎｅｅｄｌｅ', 'body <- wide'],
    ['overlong UTF-8', 'x %c1%aeeedle', 'body <- percent, wide'],
    ['zero bytes', 'x n\0ee\0dle', 'body <- null'],
    ['UTF-7', 'x +AG4AZQBlAGQAbABl-', 'body <- utf-7'],
    ['XML', '<a b="c"><d>x needle</d></a>', 'body <- xml'],
    ['an attribute', "<a b='x needle'/>", 'body <- xml'],
    ['CDATA', '<a><![CDATA[x needle]]></a>', 'body <- xml'],
    ['a GraphQL document', 'query { user(name: "x needle") { id } }', 'body <- graphql'],
    [
      'a token',
      `eyJhbGciOiJub25lIn0.${base64(JSON.stringify({ kid: 'x needle' })).replace(/=+$/, '')}.`,
      'body.kid <- base64, json',
    ],
    [
      'multipart',
      '--b\r\nContent-Disposition: form-data; name="a"; filename="c.txt"\r\nContent-Type: text/plain\r\n\r\nx needle\r\n--b--\r\n',
      'body.a <- multipart',
    ],
    [
      'a file name in multipart',
      '--b\r\nContent-Disposition: form-data; name="a"; filename="x needle"\r\n\r\nhay\r\n--b--\r\n',
      'body.a <- multipart',
    ],
  ])('%s', (_, body, expected) => {
    expect(find({ body })).toContain(expected);
  });

  test('a text that is nothing of the kind only once', () => {
    expect(find({ body: 'x needle' })).toEqual(['body']);
  });
});

test('what was decoded too often, or would be for ever, is given up, and said', () => {
  let text = 'x needle';
  for (let i = 0; i < 12; i++) text = base64(text);
  expect(engine.inspectEvent({ text })).toMatchObject({ verdicts: [], incomplete: true });
  expect(engine.inspectEvent({ note: '%25'.repeat(100) }).incomplete).toBe(false);
  expect(engine.inspectEvent({ text: endless }).incomplete).toBe(true);
});

const inForm = (text: string) => encodeURIComponent(text);
const inPart = (name: string, text: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `${index}`, eventSource: 'aws:sqs', body })),
});

test.each<[string, object]>([
  ['another field', { a: endless, b: 'x needle' }],
  ['another field, encoded', { a: endless, b: 'x%20needle' }],
  ['another member of a body', { body: JSON.stringify({ a: endless, b: 'x needle' }) }],
  ['another field of a form', { body: `a=${inForm(endless)}&b=${inForm('x needle')}` }],
  ['another part', { body: `${inPart('a', endless)}${inPart('b', 'x needle')}--b--\r\n` }],
  ['a compressed body', { body: gzipSync(JSON.stringify({ a: endless, b: 'x needle' })).toString('base64') }],
  ['another record', sqs(endless, 'x needle')],
])('what decodes for ever does not hide %s', (_, event) => {
  expect(engine.inspectEvent(event).verdicts).toMatchObject([{ class: 'custom' }]);
});

test('no event traps', () => {
  const event = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.json().map((json) => json.slice(0, -1)),
  );
  fc.assert(
    fc.property(event, (text) => {
      engine.inspectEvent(text);
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      engine.inspectEvent(bytes);
      engine.inspectEvent(gzipSync(bytes));
    }),
    { numRuns: 500 },
  );
});
