import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyMutation, anyWaasRule, identity } from '../arbitraries.ts';
import { ByteReader } from '../byte-reader.ts';
import { compilePolicy } from '../compile-policy.ts';
import { toEngineSettings } from '../compile-waas-rule.ts';
import { FormatError } from '../format-error.ts';
import { Policy, type PolicyInput } from '../policy-schema.ts';
import { measureWaasRule } from '../sections/measure-rule.ts';
import { decodeCompiledPolicy } from './compiled-policy.ts';
import { decodeSettings, encodeSettings } from './waas-section.ts';

function decode(bytes: Uint8Array) {
  const reader = new ByteReader(bytes, 'the waas section');
  const settings = decodeSettings(reader);
  reader.expectEnd();
  return settings;
}

test('decoding gives back what was encoded', () => {
  fc.assert(
    fc.property(anyWaasRule, (rule) => {
      const bytes = encodeSettings(toEngineSettings(rule));
      const settings = decode(bytes);
      expect(encodeSettings(settings)).toEqual(bytes);
      const { confidence, onError, records, response, patterns } = rule;
      expect(settings).toMatchObject({ confidence, onError, records, response, patterns });
      expect(settings.sources).toEqual(toEngineSettings(rule).sources);
      expect(settings.exceptions.map(({ field }) => field)).toEqual(
        rule.exceptions.map(({ field }) => field),
      );
      expect(bytes.length).toBeLessThanOrEqual(measureWaasRule(rule));
    }),
  );
});

test('bytes that differ are refused or are themselves what encoding gives', () => {
  const [rule] = Policy.parse({
    version: 1,
    waas: {
      rules: [
        {
          name: 'r',
          sources: { allow: ['10.0.0.0/8'], deny: ['2001:db8::/32'] },
          exceptions: [{ classes: ['sqli', 'custom'], field: 'body.*', sources: ['192.0.2.7'] }],
          patterns: [{ name: 'p', match: '*x*' }],
          shapes: [
            {
              method: 'POST',
              path: '/orders/{id}',
              parameters: [{ in: 'path', name: 'id', type: 'integer', minimum: 1 }],
              body: {
                json: {
                  type: 'object',
                  properties: { n: { enum: ['a', 1] } },
                  required: ['n'],
                  additional: 'deny',
                },
              },
            },
          ],
        },
      ],
    },
  }).waas.rules;
  if (!rule) throw new Error('the rule is gone');
  let refused = 0;
  fc.assert(
    fc.property(anyMutation(encodeSettings(toEngineSettings(rule))), (mutated) => {
      try {
        expect(encodeSettings(decode(mutated))).toEqual(mutated);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        refused++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(500);
});

const compileWaas = (policy: Omit<PolicyInput, 'version'>) =>
  decodeCompiledPolicy(
    compilePolicy({ policy: Policy.parse({ version: 1, ...policy }), identity, revision: 1, issuedAt: 0 }),
  );

const elsewhere = [{ name: 'elsewhere', functions: ['other-*'] }];

test.each<[string, Omit<PolicyInput, 'version'>, boolean]>([
  ['no WAAS rule', {}, false],
  [
    'a rule for other functions',
    { collections: elsewhere, waas: { rules: [{ name: 'r', collections: ['elsewhere'] }] } },
    false,
  ],
  ['a rule that disables all', { waas: { rules: [{ name: 'r', effect: 'disable' }] } }, false],
  [
    'a rule that disables all but one',
    { waas: { rules: [{ name: 'r', effect: 'disable', protections: { xss: 'alert' } }] } },
    true,
  ],
  [
    'a rule that only denies sources',
    { waas: { rules: [{ name: 'r', effect: 'disable', sources: { deny: ['192.0.2.1'] } }] } },
    true,
  ],
  ['a rule with nothing but a name', { waas: { rules: [{ name: 'r' }] } }, true],
])('%s: is there a section?', (_, policy, expected) => {
  expect(compileWaas(policy).waas !== undefined).toBe(expected);
});

test('the first WAAS rule decides, whichever runtime rule does', () => {
  const { waas, process, onError } = compileWaas({
    collections: [...elsewhere, { name: 'payments', functions: ['pay-*'] }],
    runtime: { rules: [{ name: 'r', collections: ['elsewhere'] }] },
    waas: {
      rules: [
        { name: 'a', collections: ['elsewhere'], effect: 'ban' },
        { name: 'b', collections: ['payments'], effect: 'prevent', protections: { scanner: 'disable' } },
        { name: 'c' },
      ],
    },
  });
  expect(process.effect).toBe('disable');
  expect(onError).toBe('open');
  expect(waas).toMatchObject({
    effects: { sqli: 'prevent', scanner: 'disable', custom: 'prevent' },
    confidence: 60,
    banSeconds: 600,
    response: { status: 403, type: 'application/json', body: '{"message":"Forbidden"}' },
  });
});
