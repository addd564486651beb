import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Policy, type PolicyInput } from '@ringfence/policy';
import { toEngineSettings } from '@ringfence/policy/schema';
import { encodeSettings } from '@ringfence/policy/waas-section';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Engine } from './index.ts';
import { loadEngine } from './index.ts';
import { needleSettings } from './test-settings.ts';
import { anyShapedValue, breakValue } from './test-support/shaped-values.ts';

type Shapes = NonNullable<NonNullable<NonNullable<PolicyInput['waas']>['rules']>[number]['shapes']>;

function engineFor(shapes: Shapes): Engine {
  const rule = { name: 'r', effect: 'disable', protections: { shape: 'prevent' }, shapes } as const;
  const [parsed] = Policy.parse({ version: 1, waas: { rules: [rule] } }).waas.rules;
  if (!parsed) throw new Error('the rule is gone');
  return loadEngine(toEngineSettings(parsed));
}

/** What does not fit, as `path: reason`. */
const misfits = (engine: Engine, event: object) =>
  engine.inspectEvent(JSON.stringify(event)).verdicts.map(({ path, reason }) => `${path}: ${reason}`);

const rest = (changes: object) => ({ httpMethod: 'POST', path: '/', ...changes });

describe('JSON', () => {
  const json = (shape: object, text: string) =>
    misfits(engineFor([{ path: '/', body: { json: shape } }]), rest({ body: text }));

  test.each<[string, object, string, string?]>([
    ['a string', { type: 'string' }, '"a"'],
    ['no string', { type: 'string' }, '1', 'body: is a number; a string is expected'],
    ['no boolean', { type: 'boolean' }, '"true"', 'body: is a string; a boolean is expected'],
    ['null', { type: ['integer', 'null'] }, 'null'],
    ['no null', { type: 'integer' }, 'null', 'body: is null; an integer is expected'],
    ['an integer with a fraction of nothing', { type: 'integer' }, '1.0'],
    ['a fraction', { type: 'integer' }, '1.5', 'body: is a number; an integer is expected'],
    ['an exponent', { type: 'integer' }, '15e-1', 'body: is a number; an integer is expected'],
    ['the longest', { maxLength: 2 }, '"äß"'],
    ['too long', { maxLength: 2 }, '"abc"', 'body: is a string of 3 characters; at most 2 are expected'],
    ['too short', { minLength: 2 }, '"😀"', 'body: is a string of 1 characters; at least 2 are expected'],
    ['the limit', { maximum: 0.1 }, '0.1'],
    ['too much', { maximum: 10 }, '1e2', 'body: is greater than 10, the most that is expected'],
    ['too little', { minimum: -3 }, '-3.5', 'body: is less than -3, the least that is expected'],
    ['64 bits', { maximum: 2 ** 63 }, '9223372036854775807'],
    ['listed', { enum: ['a', 2] }, '2.0'],
    ['not listed', { enum: ['a', 2] }, '"b"', 'body: is none of the values that are expected'],
    ['a number that is not listed', { enum: ['a', 2] }, '3', 'body: is none of the values that are expected'],
    ['another type than listed', { enum: ['a'] }, '[]', 'body: is an array; a string is expected'],
    ['elements', { items: { type: 'integer' }, maxItems: 2 }, '[1,2]'],
    [
      'a wrong element',
      { items: { type: 'integer' } },
      '[1,"2"]',
      'body[1]: is a string; an integer is expected',
    ],
    [
      'too many elements',
      { maxItems: 1 },
      '[1,2]',
      'body: is an array of 2 elements; at most 1 are expected',
    ],
    ['other members', { properties: { a: {} } }, '{"b":1}'],
    ['denied members', { additional: 'deny' }, '{"b":1}', 'body.b: is not expected'],
    [
      'other members of a shape',
      { additional: { type: 'string' } },
      '{"b":1}',
      'body.b: is a number; a string is expected',
    ],
    ['a missing member', { required: ['a'] }, '{}', 'body.a: is missing'],
    ['a member twice', { properties: { a: {} } }, '{"a":1,"a":2}', 'body.a: comes more than once'],
    ['an escaped name', { properties: { a: { type: 'string' } } }, '{"\\u0061":""}'],
    [
      'a deep one',
      { properties: { a: { items: { properties: { b: { maxLength: 1 } } } } } },
      '{"a":[{},{"b":"xy"}]}',
      'body.a[1].b: is a string of 2 characters; at most 1 are expected',
    ],
    ['no JSON', { properties: {} }, '{"a"', 'body: is not JSON, as is expected'],
    ['more than JSON', { type: 'object' }, '{} {}', 'body: has something behind its JSON'],
  ])('%s', (_, shape, text, misfit) => {
    expect(json(shape, text)).toEqual(misfit === undefined ? [] : [misfit]);
  });

  test.each([
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', '123e4567-e89b-12d3-a456-42661417400g'],
    ['date', '2024-02-29', '2023-02-29'],
    ['date-time', '2026-01-31T10:00:60.5+01:00', '2026-01-31T25:00:00Z'],
    ['ipv4', '192.0.2.1', '192.0.2.256'],
    ['ipv6', '2001:db8::1', '2001:db8::1::2'],
    ['email', 'anna.b+c@example.org', 'anna@example..org'],
  ])('%s', (format, right, wrong) => {
    expect(json({ format }, JSON.stringify(right))).toEqual([]);
    expect(json({ format }, JSON.stringify(wrong))).toEqual([expect.stringContaining('body: is not a')]);
  });
});

describe('places', () => {
  const engine = engineFor([
    { method: 'GET', path: '/orders/mine' },
    {
      path: '/orders/{id}',
      parameters: [
        { in: 'path', name: 'id', type: 'integer' },
        { in: 'query', name: 'tag', type: 'array', items: { maxLength: 3 }, maxItems: 2 },
        { in: 'query', name: 'page', type: 'integer' },
        { in: 'header', name: 'X-Kind', enum: ['a', 'b'], required: true },
        { in: 'cookie', name: 'sid', maxLength: 3 },
      ],
      body: {
        json: { properties: { n: { type: 'integer' } } },
        form: { properties: { n: { type: 'integer' } } },
      },
    },
    { method: 'PUT', path: '/files/{rest+}', body: { required: true, multipart: { required: ['f'] } } },
  ]);
  const headers = { 'x-kind': 'a' };
  const http = (changes: object, method = 'POST', stage = '$default') => ({
    version: '2.0',
    rawPath: '/orders/1',
    headers,
    requestContext: { stage, http: { method } },
    ...changes,
  });
  const azure = (changes: object) => ({
    Data: {
      req: {
        Method: 'POST',
        Url: 'https://x.azurewebsites.net/orders/1?a=/',
        Headers: { 'X-Kind': ['a'] },
        ...changes,
      },
    },
    Metadata: {},
  });
  const order = (changes: object) => rest({ path: '/orders/1', headers, ...changes });
  const form = (...parts: string[]) =>
    `${parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n\r\nx\r\n`).join('')}--b--\r\n`;
  const file = (body: string) => rest({ httpMethod: 'PUT', path: '/files/a/b', body });

  test.each<[string, object, string[]]>([
    ['REST', order({}), []],
    ['a route that is not listed', rest({ path: '/other' }), []],
    ['a literal one before', { httpMethod: 'GET', path: '/orders/mine' }, []],
    ['HEAD as GET', { httpMethod: 'HEAD', path: '/orders/mine' }, []],
    [
      'whatever the case, slashes and escapes',
      order({ path: '//ORDERS/%78/' }),
      ['pathParameters.id: is a text; an integer is expected'],
    ],
    ['behind a stage', http({ rawPath: '/prod/orders/1' }, 'POST', 'prod'), []],
    [
      'behind a stage, wrong',
      http({ rawPath: '/prod/orders/x' }, 'POST', 'prod'),
      ['pathParameters.id: is a text; an integer is expected'],
    ],
    [
      'behind a base path',
      order({ path: '/v1/orders/x', resource: '/orders/{id}' }),
      ['pathParameters.id: is a text; an integer is expected'],
    ],
    ['a header that is missing', order({ headers: {} }), ['headers.x-kind: is missing']],
    [
      'a header in another case',
      order({ headers: { 'X-KIND': 'c' } }),
      ['headers.X-KIND: is none of the values that are expected'],
    ],
    [
      'multi-value headers',
      order({ headers: undefined, multiValueHeaders: { 'X-Kind': ['c'] } }),
      ['multiValueHeaders.X-Kind[0]: is none of the values that are expected'],
    ],
    [
      'a query',
      order({ queryStringParameters: { page: 'x', other: 'y' } }),
      ['queryStringParameters.page: is a text; an integer is expected'],
    ],
    [
      'queries that repeat',
      order({ multiValueQueryStringParameters: { tag: ['a', 'b'], page: ['1', '2'] } }),
      ['multiValueQueryStringParameters.page[1]: comes more than once'],
    ],
    [
      'a raw query',
      http({ rawQueryString: 'tag=abc&tag=%61%62cd&page=1' }),
      ['rawQueryString.tag: is a string of 4 characters; at most 3 are expected'],
    ],
    [
      'too many of a raw query',
      http({ rawQueryString: 'tag=a&tag=b&tag=c' }),
      ['rawQueryString.tag: is an array of 3 elements; at most 2 are expected'],
    ],
    [
      'cookies of a header',
      order({ headers: { ...headers, Cookie: 'a=1; sid=abcd' } }),
      ['headers.cookie.sid: is a string of 4 characters; at most 3 are expected'],
    ],
    [
      'cookies of an HTTP API',
      http({ cookies: ['a=1', 'sid=abcd'] }),
      ['cookies.sid: is a string of 4 characters; at most 3 are expected'],
    ],
    [
      'a load balancer encodes',
      { ...order({ queryStringParameters: { page: '%31x' } }), requestContext: { elb: {} } },
      ['queryStringParameters.page: is a text; an integer is expected'],
    ],
    [
      'Azure',
      azure({ Query: { page: 'x' }, Body: '{"n":"1"}' }),
      [
        'Data.req.Query.page: is a text; an integer is expected',
        'Data.req.Body.n: is a string; an integer is expected',
      ],
    ],
    ['a form', order({ body: 'n=1&m=x' }), []],
    ['a wrong form', order({ body: 'n=x' }), ['body.n: is a text; an integer is expected']],
    [
      'base64',
      order({ body: btoa('{"n":"1"}'), isBase64Encoded: true }),
      ['body.n: is a string; an integer is expected'],
    ],
    [
      'gzip',
      order({ body: gzipSync('{"n":"1"}').toString('base64'), isBase64Encoded: true }),
      ['body.n: is a string; an integer is expected'],
    ],
    ['a parsed body', http({ body: { n: '1' } }), ['body.n: is a string; an integer is expected']],
    ['multipart', file(form('name="f"; filename="a"')), []],
    ['multipart without quotes', file(form('filename="name=g"; name=f')), []],
    ['multipart that lacks a part', file(form('name="g"')), ['body.f: is missing']],
    ['no multipart', file('{}'), ['body: is not multipart/form-data, as is expected']],
    ['no body', rest({ httpMethod: 'PUT', path: '/files/a', body: null }), ['body: is missing']],
  ])('%s', (_, event, expected) => {
    expect(misfits(engine, event)).toEqual(expected);
  });

  test('a verdict is of class shape, has the rule’s effect, and can be excepted', () => {
    const event = JSON.stringify(order({ body: '{"n":"1"}' }));
    expect(engine.inspectEvent(event)).toMatchObject({
      verdicts: [
        { class: 'shape', effect: 'prevent', confidence: 95, decoding: ['json'], evidence: { text: '1' } },
      ],
      decision: { kind: 'answer' },
    });
  });
});

test('values that fit have no verdict, and values broken in one place have one', () => {
  fc.assert(
    fc.property(anyShapedValue, fc.nat(), ({ shape, value }, seed) => {
      const engine = engineFor([{ path: '/', body: { json: shape } }]);
      expect(misfits(engine, rest({ body: JSON.stringify(value) }))).toEqual([]);
      const broken = breakValue(shape, value, seed);
      expect(misfits(engine, rest({ body: JSON.stringify(broken) }))).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('time is linear: many members, elements and depths of a hostile body', () => {
  const properties = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`m${i}`, { type: 'string' }]));
  const values = Array.from({ length: 1000 }, (_, i) => `v${i}`);
  const engine = engineFor([
    {
      path: '/',
      body: { json: { items: { type: ['object', 'string', 'array'], properties, enum: values } } },
    },
  ]);
  expect(misfits(engine, rest({ body: `[${'{},'.repeat(200_000)}{}]` }))).toHaveLength(32);
  expect(misfits(engine, rest({ body: `[${'"v999",'.repeat(200_000)}"v999"]` }))).toEqual([]);
  expect(misfits(engine, rest({ body: '['.repeat(500_000) + ']'.repeat(500_000) }))).toHaveLength(1);
});

const module = new WebAssembly.Module(readFileSync(new URL('../build/waas.wasm', import.meta.url)));

/** A new engine with these bytes as its section: whether it takes them. */
function configure(section: Uint8Array) {
  const engine = new WebAssembly.Instance(module).exports as unknown as {
    memory: WebAssembly.Memory;
    input(size: number): number;
    configure(size: number): number;
    inspectEvent(size: number, now: number): number;
  };
  const write = (bytes: Uint8Array) => {
    new Uint8Array(engine.memory.buffer, engine.input(bytes.length), bytes.length).set(bytes);
    return bytes.length;
  };
  return {
    configured: engine.configure(write(section)) !== 0,
    inspect: (event: string) => engine.inspectEvent(write(new TextEncoder().encode(event)), 0),
  };
}

test('sections whose shapes are cut off or changed are refused or read, and never trap', () => {
  const shapes: Shapes = [
    {
      method: 'POST',
      path: '/{id}',
      parameters: [{ in: 'path', name: 'id', type: 'integer' }],
      body: {
        json: { properties: { a: { items: { enum: ['x', 1], maxLength: 3 } } }, required: ['a'] },
        form: { additional: 'deny' },
      },
    },
  ];
  const settings = { ...needleSettings(), effects: { shape: 'prevent' as const } };
  const routes = Policy.parse({ version: 1, waas: { rules: [{ name: 'r', shapes }] } }).waas.rules[0]?.shapes;
  const bytes = encodeSettings({ ...settings, ...(routes && { shapes: routes }) });
  const from = encodeSettings(settings).length;
  const event = JSON.stringify(rest({ path: '/x', body: '{"a":["x",1,[],{}],"b":{"a":[]}}' }));
  for (let size = from + 1; size < bytes.length; size++)
    expect(configure(bytes.slice(0, size)).configured).toBe(false);
  const place = fc.tuple(fc.integer({ min: from, max: bytes.length - 1 }), fc.nat(255));
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = Uint8Array.from(bytes);
      for (const [at, byte] of changes) changed[at] = byte;
      const { inspect } = configure(changed);
      inspect(event);
    }),
    { numRuns: 3000 },
  );
});
