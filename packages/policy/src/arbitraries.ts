import fc from 'fast-check';
import { switchedClasses, waasEffects } from './compiled/waas-section.ts';
import { PARAMETER_PLACES, SHAPE_FORMATS, SHAPE_TYPES } from './compiled/waas-shapes.ts';
import type { FunctionIdentity } from './function-identity.ts';
import type { RuntimeRule } from './policy-schema.ts';
import { EFFECTS, VERDICT_EFFECTS } from './sections/effect.ts';
import { findTextProblem } from './sections/text-problem.ts';
import type { Route, Shape } from './sections/waas/shapes.ts';
import type { WaasRule } from './sections/waas/waas-rule.ts';

export const identity: FunctionIdentity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'pay-convert',
  runtime: 'nodejs20.x',
  arch: 'x86_64',
};

const segment = fc
  .string({ unit: fc.constantFrom('a', 'b', 'ü', '.', '-', '*', '?', '7'), minLength: 1, maxLength: 6 })
  .filter((text) => text !== '.' && text !== '..' && !text.includes('***'));

/** Valid patterns of a process allowlist. */
export const anyPattern = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);

export const anyIdentity: fc.Arbitrary<FunctionIdentity> = fc.record({
  cloud: fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/),
  account: fc.stringMatching(/^[0-9]{1,12}$/),
  region: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/),
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
  runtime: fc.constantFrom('nodejs20.x', 'python3.12', 'provided.al2023'),
  arch: fc.constantFrom('x86_64', 'arm64'),
});

const anyEffect = fc.constantFrom(...EFFECTS);
const anyText = fc.string({ unit: fc.constantFrom('a', 'ü', '*', '?', '-', '=', ' '), maxLength: 8 });
const anyArguments = fc
  .tuple(
    fc.array(
      anyText.filter((text) => text !== '**'),
      { maxLength: 4 },
    ),
    fc.boolean(),
  )
  .map(([patterns, further]) => (further ? [...patterns, '**'] : patterns));

const anyFilePattern = fc.oneof(
  anyPattern,
  fc
    .tuple(fc.constantFrom('${task}', '${tmp}', '${runtime}'), fc.oneof(fc.constant(''), anyPattern))
    .map((parts) => parts.join('')),
);
const anyFilePatterns = fc.array(anyFilePattern, { maxLength: 4 });

const anyPort = fc.integer({ min: 1, max: 65_535 });
const anyPorts = fc.oneof(
  anyPort.map(String),
  fc.tuple(anyPort, anyPort).map((ports) => ports.sort((a, b) => a - b).join('-')),
);
const anyIpv4Network = fc
  .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.nat(32))
  .map(([number, prefix]) => {
    const aligned = Math.floor(number / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
    return `${[24, 16, 8, 0].map((shift) => Math.floor(aligned / 2 ** shift) % 256).join('.')}/${prefix}`;
  });
const anyHost = fc.oneof(
  fc.constantFrom('*', '*.example.com', 'db-1.internal', 'xn--bcher-kva.example', 'a*b.*'),
  fc.ipV4(),
  anyIpv4Network,
);
const anyIpv6 = fc.ipV6().filter((address) => URL.canParse(`http://[${address}]`));
const anyOutbound = fc.oneof(
  anyHost,
  fc.tuple(anyHost, anyPorts).map((parts) => parts.join(':')),
  anyIpv6.filter((address) => address.split(':').length > 2),
  fc.tuple(anyIpv6, anyPorts).map(([address, ports]) => `[${address}]:${ports}`),
);

/** The sections of a rule, each with values that the schema takes. */
export const anySections: fc.Arbitrary<
  Pick<RuntimeRule, 'process' | 'secrets'> & Partial<Pick<RuntimeRule, 'network' | 'files' | 'learn'>>
> = fc.record(
  {
    process: fc.record({
      effect: anyEffect,
      miners: fc.constantFrom(...VERDICT_EFFECTS),
      allow: fc.array(
        fc.oneof(
          anyPattern,
          fc.record(
            {
              path: anyPattern,
              arguments: anyArguments,
              parents: fc.array(anyPattern, { minLength: 1, maxLength: 3 }),
            },
            { requiredKeys: ['path'] },
          ),
        ),
        { maxLength: 5 },
      ),
    }),
    secrets: fc.array(fc.stringMatching(/^[A-Z_*]{1,8}$/), { maxLength: 3 }),
    network: fc.record({
      effect: anyEffect,
      listen: fc.array(fc.oneof(fc.nat(65_535), anyPorts), { maxLength: 4 }),
      outbound: fc.array(anyOutbound, { maxLength: 6 }),
      unix: fc.array(
        fc.oneof(
          anyPattern,
          anyText.map((text) => `@a${text}`),
        ),
        { maxLength: 3 },
      ),
      metadata: fc.constantFrom('deny', 'allow'),
    }),
    files: fc.record({
      effect: anyEffect,
      read: anyFilePatterns,
      write: anyFilePatterns,
      execute: anyFilePatterns,
      denyRead: anyFilePatterns,
      denyWrite: anyFilePatterns,
      denyExecute: anyFilePatterns,
      sealed: anyFilePatterns,
    }),
    learn: fc.record(
      { invocations: fc.integer({ min: 1, max: 1e9 }), hours: fc.integer({ min: 1, max: 8760 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['process', 'secrets'] },
);

const anyNetworkText = fc.oneof(fc.ipV4(), anyIpv4Network, anyIpv6, fc.constantFrom('2001:db8::/32', '::/0'));
const anyWaasEffect = fc.constantFrom(...waasEffects);
const anyLine = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => text === text.trim() && findTextProblem(text) === undefined);

const anyCount = fc.option(fc.nat(9), { nil: undefined });
const anyMemberName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
const anyShape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 2 },
    fc.constant({}),
    fc.record(
      {
        type: fc.uniqueArray(fc.constantFrom(...SHAPE_TYPES), { minLength: 1 }),
        enum: fc.array(
          fc.oneof(anyMemberName, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        minLength: anyCount,
        maxLength: anyCount,
        format: fc.constantFrom(...SHAPE_FORMATS),
        minimum: fc.integer(),
        maximum: fc.integer(),
        minItems: anyCount,
        maxItems: anyCount,
        items: tie('shape'),
        properties: fc.dictionary(anyMemberName, tie('shape'), { maxKeys: 3 }),
        required: fc.array(anyMemberName, { maxLength: 2 }),
        additional: fc.oneof(fc.constantFrom('allow' as const, 'deny' as const), tie('shape')),
      },
      { requiredKeys: [] },
    ),
  ),
})).shape;

const anyRoute: fc.Arbitrary<Route> = fc.record(
  {
    method: fc.constantFrom('GET', 'POST'),
    path: fc.constantFrom('/', '/orders/{id}', '/files/{path+}'),
    parameters: fc.uniqueArray(
      fc.record({
        in: fc.constantFrom(...PARAMETER_PLACES),
        name: fc.constantFrom('id', 'X-Id', 'page'),
        required: fc.boolean(),
        maxLength: anyCount,
      }),
      { maxLength: 4, selector: (parameter) => `${parameter.in} ${parameter.name}` },
    ),
    body: fc.record(
      {
        required: fc.boolean(),
        json: anyShape,
        form: anyShape,
        multipart: anyShape,
        other: fc.constantFrom('allow', 'deny'),
      },
      { requiredKeys: ['required', 'other'] },
    ),
  },
  { requiredKeys: ['path', 'parameters'] },
);

/** WAAS rules, with values that the schema takes. */
export const anyWaasRule: fc.Arbitrary<WaasRule> = fc.record({
  name: fc.constant('waas'),
  collections: fc.constant(['All']),
  onError: fc.constantFrom('open', 'closed'),
  effect: anyWaasEffect,
  protections: fc
    .array(fc.tuple(fc.constantFrom(...switchedClasses), anyWaasEffect), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
  confidence: fc.nat(100),
  exceptions: fc.array(
    fc.record(
      {
        classes: fc.uniqueArray(fc.constantFrom(...switchedClasses), { minLength: 1 }),
        field: anyLine,
        sources: fc.array(anyNetworkText, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ['field'] },
    ),
    { maxLength: 3 },
  ),
  patterns: fc.array(fc.record({ name: anyLine, match: anyLine }), { maxLength: 3 }),
  shapes: fc.array(anyRoute, { maxLength: 3 }),
  sources: fc.record({
    allow: fc.array(anyNetworkText, { maxLength: 3 }),
    deny: fc.array(anyNetworkText, { maxLength: 3 }),
  }),
  response: fc.record({
    status: fc.integer({ min: 200, max: 599 }),
    type: fc.constantFrom('text/plain', 'application/json; charset=utf-8'),
    body: anyLine,
  }),
  records: fc.constantFrom('retry', 'drop'),
  banMinutes: fc.integer({ min: 1, max: 10_080 }),
});

/** Bytes near the given ones: some changed, inserted or cut off. */
export function anyMutation(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    offset: fc.nat(bytes.length),
    byte: fc.nat(255),
    kind: fc.constantFrom('set', 'insert', 'cut'),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const result = [...bytes];
    for (const { offset, byte, kind } of changes) {
      if (kind === 'set' && offset < result.length) result[offset] = byte;
      if (kind === 'insert') result.splice(offset, 0, byte);
      if (kind === 'cut') result.length = Math.min(result.length, offset);
    }
    return Uint8Array.from(result);
  });
}
