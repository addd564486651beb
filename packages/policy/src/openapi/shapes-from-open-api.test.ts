import { expect, test } from 'vitest';
import { shapesFromOpenApi } from './index.ts';

/** The routes and notes of a document with this path and these components. */
function convert(paths: object, further: object = {}) {
  const result = shapesFromOpenApi(JSON.stringify({ openapi: '3.1.0', paths, ...further }));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { ...result, notes: result.notes.map(({ place, message }) => `${place}: ${message}`) };
}

/** The shape of a JSON body with this schema. */
function shapeOf(schema: object, schemas: object = {}, openapi = '3.1.0') {
  const post = { requestBody: { content: { 'application/json': { schema } } } };
  const { routes, notes } = convert({ '/': { post } }, { components: { schemas }, openapi });
  return { shape: routes[0]?.body?.json, notes };
}

const AT = '#/paths/~1/post/requestBody/content/application~1json/schema';
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test('an operation in YAML, with its parameters and its body', () => {
  const result = shapesFromOpenApi(`
openapi: 3.0.3
servers: [{ url: "https://{host}/v1/", variables: { host: { default: x.example } } }]
paths:
  /orders/{id}:
    parameters:
      - { in: path, name: id, required: true, schema: { type: string, format: uuid } }
      - $ref: "#/components/parameters/Page"
    put:
      parameters: [{ in: query, name: page, schema: { type: integer, exclusiveMinimum: true, minimum: 0 } }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, additionalProperties: false, required: [name, at], properties: { name: { type: string, maxLength: 40, nullable: true }, at: { type: string, readOnly: true } } }
  /orders/mine: { get: {} }
components: { parameters: { Page: { in: query, name: page, schema: { type: string } } } }
`);
  expect(result).toEqual({
    ok: true,
    notes: [],
    routes: [
      { method: 'GET', path: '/v1/orders/mine', parameters: [] },
      {
        method: 'PUT',
        path: '/v1/orders/{id}',
        parameters: [
          { in: 'path', name: 'id', required: true, type: 'string', format: 'uuid' },
          { in: 'query', name: 'page', required: false, type: 'integer', minimum: 1 },
        ],
        body: {
          required: true,
          other: 'deny',
          json: {
            type: 'object',
            properties: { name: { type: ['null', 'string'], maxLength: 40 }, at: { type: 'string' } },
            required: ['name'],
            additional: 'deny',
          },
        },
      },
    ],
  });
});

test.each<[string, object, object, string[]?]>([
  ['types', { type: ['string', 'null'] }, { type: ['null', 'string'] }],
  [
    'int32',
    { type: 'integer', format: 'int32', minimum: 0 },
    { type: 'integer', minimum: 0, maximum: 2147483647 },
  ],
  ['a constant', { const: 'a' }, { type: 'string', enum: ['a'] }],
  ['a list with null', { enum: ['a', null] }, { type: ['null', 'string'], enum: ['a'] }],
  [
    'a limit that is out',
    { type: 'number', exclusiveMaximum: 1 },
    { type: 'number', maximum: 1 },
    [`${AT}: exclusiveMaximum: the limit itself passes`],
  ],
  ['a pattern', { type: 'string', pattern: '^a' }, { type: 'string' }, [`${AT}: pattern is not checked`]],
  ['a format that is not known', { format: 'uri' }, {}, [`${AT}: the format "uri" is not checked`]],
  [
    'a map',
    { type: 'object', additionalProperties: { type: 'integer' } },
    { type: 'object', additional: { type: 'integer' } },
  ],
  [
    'all of several',
    {
      allOf: [
        { type: 'object', properties: { a: { maxLength: 5 } }, required: ['a'] },
        { properties: { a: { maxLength: 3 }, b: {} }, additionalProperties: false },
      ],
    },
    { type: 'object', properties: { a: { maxLength: 3 }, b: {} }, required: ['a'], additional: 'deny' },
  ],
  [
    'variants of different types',
    {
      oneOf: [
        { type: 'string', maxLength: 3 },
        { type: 'integer', minimum: 1 },
      ],
    },
    { type: ['integer', 'string'], maxLength: 3, minimum: 1 },
  ],
  [
    'variants of one type',
    {
      anyOf: [
        {
          type: 'object',
          properties: { a: { type: 'string' } },
          required: ['a', 'k'],
          additionalProperties: false,
        },
        { type: 'object', properties: { b: {} }, required: ['k'], additionalProperties: false },
      ],
    },
    { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['k'], additional: 'deny' },
    [`${AT}: anyOf: what fits any of the variants passes, and so do members of several of them together`],
  ],
  [
    'what fits nothing',
    { allOf: [{ type: 'string' }, { type: 'integer' }] },
    { type: 'string' },
    [`${AT}: no value fits all of its parts; not all of them are checked`],
  ],
  [
    'a reference that leads nowhere',
    ref('Gone'),
    {},
    [`${AT}: refers to #/components/schemas/Gone, where nothing is; it is not checked`],
  ],
  [
    'a reference elsewhere',
    { $ref: 'other.yaml#/A' },
    {},
    [`${AT}: refers to another document, "other.yaml#/A"; it is not checked`],
  ],
])('%s', (_, schema, expected, notes = []) => {
  expect(shapeOf(schema)).toEqual({ shape: expected, notes });
});

test('what refers to itself is checked down to there', () => {
  const Tree = {
    type: 'object',
    properties: { name: { type: 'string' }, children: { type: 'array', items: ref('Tree') } },
  };
  expect(shapeOf(ref('Tree'), { Tree })).toEqual({
    shape: {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: {} } },
    },
    notes: [
      '#/components/schemas/Tree/properties/children/items: refers to #/components/schemas/Tree, within which it is; what is deeper is not checked',
    ],
  });
  expect(shapeOf(ref('Loop'), { Loop: ref('Loop') }).shape).toEqual({});
});

test('forms are texts: what would be JSON in one is not checked', () => {
  const schema = {
    type: 'object',
    properties: {
      n: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      meta: { type: 'object' },
    },
  };
  const { routes, notes } = convert({
    '/a': { post: { requestBody: { content: { 'multipart/form-data': { schema }, 'text/plain': {} } } } },
  });
  expect(routes[0]?.body).toEqual({
    required: false,
    other: 'allow',
    multipart: {
      type: 'object',
      properties: { n: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } }, meta: {} },
    },
  });
  expect(notes).toHaveLength(2);
});

test('a template that is no whole segment is left out', () => {
  const { routes, notes } = convert({ '/a.{format}': { get: {} }, '/b': { get: {} } });
  expect(routes.map(({ path }) => path)).toEqual(['/b']);
  expect(notes).toEqual([
    expect.stringContaining('#/paths/~1a.{format}/get: the route.path must have {name} as a whole segment'),
  ]);
});

const bomb = Object.fromEntries(
  Array.from({ length: 15 }, (_, i) => [
    `L${i}`,
    { properties: { a: ref(`L${i + 1}`), b: ref(`L${i + 1}`) } },
  ]),
);

test.each<[string, string, string, RegExp]>([
  ['no OpenAPI', '{"a":1}', '#', /has no key openapi/],
  ['no object', '[]', '#', /is not an OpenAPI document/],
  ['Swagger', 'swagger: "2.0"', '#', /Swagger 2.0/],
  ['another version', 'openapi: 4.0.0', '#', /3\.0 and 3\.1 are known/],
  ['no paths', 'openapi: 3.1.0', '#/paths', /no operation/],
  [
    'a bomb of references',
    JSON.stringify({
      openapi: '3.1.0',
      paths: { '/': { post: { requestBody: { content: { 'application/json': { schema: ref('L0') } } } } } },
      components: { schemas: bomb },
    }),
    '#/components',
    /more than 20000 schemas/,
  ],
])('%s is told with its place', (_, text, place, message) => {
  const result = shapesFromOpenApi(text);
  expect(result).toMatchObject({
    ok: false,
    problems: [{ at: expect.stringContaining(place), message: expect.stringMatching(message) }],
  });
});

test.each<[string, string, RegExp]>([
  ['wrong YAML', 'a: [', /.+/],
  ['10 MB', 'a'.repeat(10_000_000), /larger than/],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${'*a,'.repeat(9)}*a]`).join('\n')}\n${Array.from({ length: 40 }, (_, i) => `c${i}: [*b0]`).join('\n')}`,
    /aliases/,
  ],
  ['what is nested too deeply', '['.repeat(100_000), /nested too deeply/],
])('%s is told with its line', (_, text, message) => {
  const result = shapesFromOpenApi(text);
  expect(result).toMatchObject({ ok: false });
  if (!result.ok)
    expect(result.problems[0]).toMatchObject({
      at: { line: expect.any(Number) },
      message: expect.stringMatching(message),
    });
});
