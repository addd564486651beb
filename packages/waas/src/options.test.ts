import { toEngineSettings } from '@ringfence/policy/compile-waas-rule';
import { WaasRule } from '@ringfence/policy/schema';

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { optionsSchema } from './options-schema.ts';
import { readOptions } from './read-options.ts';
import { makeOptionsSchema } from './test-support/make-options-schema.ts';

test('options are checked by the schema of the policy (else run scripts/write-options-schema.ts)', () => {
  expect(optionsSchema).toEqual(makeOptionsSchema());
});

const effect = fc.constantFrom('disable', 'alert', 'prevent', 'ban');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** Mostly right, now and then wrong. */
const wrong = fc.oneof(
  fc.constant('x'),
  fc.constant(-1),
  fc.constant(null),
  fc.constant([]),
  fc.constant(1.5),
);
const or = <T>(value: fc.Arbitrary<T>) =>
  maybe(fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: wrong }));
const network = fc.constantFrom('10.0.0.0/8', '192.0.2.7', '2001:db8::/32');
const shape = fc.letrec((tie) => ({
  shape: fc.record(
    {
      type: or(fc.constantFrom('string', ['object', 'null'])),
      enum: or(fc.constant(['a', 1])),
      maximum: or(fc.double({ noNaN: true, noDefaultInfinity: true })),
      items: tie('shape'),
      properties: or(fc.dictionary(fc.constantFrom('', 'a', 'constructor'), tie('shape'), { maxKeys: 2 })),
      additional: fc.oneof(fc.constantFrom('allow', 'deny', 'no'), tie('shape')),
    },
    { requiredKeys: [] },
  ),
})).shape;
const route = fc.record({
  method: or(fc.constantFrom('GET', 'POST')),
  path: fc.constantFrom('/', '/orders/{id}', '/files/{path+}', 'orders'),
  parameters: or(
    fc.array(fc.record({ in: fc.constantFrom('path', 'header'), name: fc.constantFrom('id', 'ID') }), {
      maxLength: 2,
    }),
  ),
  body: or(fc.record({ json: shape, other: or(fc.constantFrom('allow', 'deny')) }, { requiredKeys: [] })),
});
const options = fc.record({
  effect: or(effect),
  onError: or(fc.constantFrom('open', 'closed')),
  records: or(fc.constantFrom('retry', 'drop')),
  confidence: or(fc.integer({ min: 0, max: 100 })),
  banMinutes: or(fc.integer({ min: 1, max: 10_080 })),
  protections: or(fc.record({ sqli: or(effect), custom: or(effect) }, { requiredKeys: [] })),
  response: or(
    fc.record({ status: or(fc.integer({ min: 200, max: 599 })), type: or(fc.constant('text/html')) }),
  ),
  sources: or(fc.record({ allow: or(fc.array(network)), deny: or(fc.array(network)) })),
  exceptions: or(
    fc.array(
      fc.record({
        field: fc.constantFrom('body.*', '*'),
        classes: or(fc.constant(['sqli'])),
        sources: or(fc.array(network, { minLength: 1 })),
      }),
    ),
  ),
  patterns: or(fc.array(fc.record({ name: fc.constantFrom('a', 'b c'), match: fc.constant('*x*') }))),
  shapes: or(fc.array(route, { maxLength: 2 })),
});

test('whatever the policy takes is taken, and means the same', () => {
  let taken = 0;
  fc.assert(
    fc.property(options, (given) => {
      const plain = JSON.parse(JSON.stringify(given));
      const parsed = WaasRule.safeParse({ name: 'options', ...plain });
      if (!parsed.success) {
        expect(() => readOptions(plain)).toThrow(TypeError);
        return;
      }
      taken++;
      expect(readOptions(plain)).toEqual(toEngineSettings(parsed.data));
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test.each<[unknown, string]>([
  [{ effects: 'prevent' }, 'options has no effects; it may have onError, effect, '],
  [{ effect: 'block' }, 'options.effect must be one of disable, alert, prevent, ban'],
  [{ protections: { sql: 'alert' } }, 'options.protections has no sql; it may have sqli, '],
  [{ confidence: 101 }, 'options.confidence must be from 0 to 100'],
  [{ exceptions: [{ classes: ['sqli'] }] }, 'options.exceptions[0] must have field'],
  [{ sources: { deny: '10.0.0.0/8' } }, 'options.sources.deny must be a list'],
  [{ sources: { deny: ['10.0.0.0/33'] } }, '10.0.0.0/33'],
  [{ response: { type: 'json' } }, 'options.response.type is not written as it must be'],
  [null, 'options must be an object'],
  [{ shapes: [{ path: 'a' }] }, 'options.shapes[0].path must begin with /'],
  [
    { shapes: [{ path: '/', body: { json: { items: { type: 'text' } } } }] },
    'options.shapes[0].body.json.items.type must be one of null, boolean, ',
  ],
  [
    { shapes: [{ path: '/', body: { json: { additional: 1 } } }] },
    'options.shapes[0].body.json.additional must be a text or an object',
  ],
  [
    { shapes: [{ path: '/', body: { json: { properties: { '': {} } } } }] },
    'a name in options.shapes[0].body.json.properties must have 1 to 256 characters',
  ],
])('says what is wrong with %j', (given, message) => {
  expect(() => readOptions(given as object)).toThrow(message);
});
