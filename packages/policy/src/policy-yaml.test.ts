import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anySections, anyWaasRule } from './arbitraries.ts';
import { Policy } from './policy-schema.ts';
import { formatPolicyYaml, formatYamlProblem, POLICY_YAML_BYTES, parsePolicyYaml } from './policy-yaml.ts';

const errorsOf = (text: string) => {
  const result = parsePolicyYaml(text, 'p.yaml');
  return result.ok ? [] : result.errors.map(formatYamlProblem);
};

test('reads the example of the reference and fills in the defaults', () => {
  const text = `
version: 1
collections:
  - { name: payments, functions: ["pay-*"], regions: ["eu-*"] }
runtime:
  rules:
    - name: converters
      collections: [payments]
      process: { allow: ["/usr/bin/gs", "/opt/tools/*"] }
`;
  expect(parsePolicyYaml(text, 'p.yaml')).toMatchObject({
    ok: true,
    policy: {
      version: 1,
      collections: [
        { name: 'payments', functions: ['pay-*'], regions: ['eu-*'], accounts: ['*'], runtimes: ['*'] },
      ],
      runtime: {
        rules: [
          {
            name: 'converters',
            collections: ['payments'],
            onError: 'closed',
            process: { effect: 'prevent', allow: ['/usr/bin/gs', '/opt/tools/*'], miners: 'prevent' },
            secrets: [],
          },
        ],
      },
      settings: { policyRefreshSeconds: 60, deliveryMilliseconds: 300 },
    },
  });
});

test('every error has its line, column, path and words, in the order of the file', () => {
  const text = `version: 2
foo: 1
runtime:
  rules:
    - name: a
      colections: [x]
      process: { effect: block, allow: ["/a//b", 3, "tmp"] }
    - process:
    - { name: b, onError: no }
settings:
  policyRefreshSeconds: 1
`;
  expect(errorsOf(text)).toEqual([
    'p.yaml:1:10: version must be 1',
    'p.yaml:2:1: foo is not a key that is known here',
    'p.yaml:6:7: runtime.rules[0].colections is not a key that is known here',
    'p.yaml:7:26: runtime.rules[0].process.effect must be one of disable, alert, prevent, learn',
    'p.yaml:7:41: runtime.rules[0].process.allow[0] must not contain an empty part (// or a / at the end); for a folder write /folder/* or /folder/**',
    'p.yaml:7:50: runtime.rules[0].process.allow[1] must be text or a group of keys',
    'p.yaml:7:53: runtime.rules[0].process.allow[2] must be an absolute path that begins with /, such as /usr/bin/gs',
    'p.yaml:8:7: runtime.rules[1].name is missing; it must be text',
    'p.yaml:8:15: runtime.rules[1].process is empty; it must be a group of keys',
    'p.yaml:9:27: runtime.rules[2].onError must be one of open, closed',
    'p.yaml:11:25: settings.policyRefreshSeconds must be at least 5 seconds',
  ]);
});

test('errors inside entries that are text or a group of keys', () => {
  const text = `version: 1
runtime:
  rules:
    - name: a
      process:
        miners: learn
        allow:
          - { path: /usr/bin/gs, argument: [] }
          - { path: gs, arguments: ["**", x], parents: [] }
          - 3
      network:
        listen: [80.5, 65536, "9-8", x]
        outbound: ["10.0.0.1/8", "*.a.example:http"]
        unix: [sock, "@"]
        metadata: maybe
      files:
        read: ["\${home}/**", "\${tmp}x", "\${task}/../x"]
      secrets: ["A B"]
      learn: { hours: 0, invocations: 1.5 }
`;
  expect(errorsOf(text)).toEqual([
    'p.yaml:6:17: runtime.rules[0].process.miners must be one of disable, alert, prevent',
    'p.yaml:8:34: runtime.rules[0].process.allow[0].argument is not a key that is known here',
    'p.yaml:9:21: runtime.rules[0].process.allow[1].path must be an absolute path that begins with /, such as /usr/bin/gs',
    'p.yaml:9:37: runtime.rules[0].process.allow[1].arguments[0] must come last: ** stands for any further arguments; write * for one argument',
    'p.yaml:9:56: runtime.rules[0].process.allow[1].parents must hold at least one pattern; leave the key out for any parent',
    'p.yaml:10:13: runtime.rules[0].process.allow[2] must be text or a group of keys',
    'p.yaml:12:18: runtime.rules[0].network.listen[0] must be a whole number or text',
    'p.yaml:12:24: runtime.rules[0].network.listen[1] must be a port from 0 to 65535',
    'p.yaml:12:31: runtime.rules[0].network.listen[2] must hold a range from the lower to the higher port, not 9-8',
    'p.yaml:12:38: runtime.rules[0].network.listen[3] must be a port such as 443 or a range such as 5432-5440, not "x"',
    'p.yaml:13:20: runtime.rules[0].network.outbound[0] must begin with the first address of its network: bits behind the first 8 are set in 10.0.0.1',
    'p.yaml:13:34: runtime.rules[0].network.outbound[1] must be a port such as 443 or a range such as 5432-5440, not "http"',
    'p.yaml:14:16: runtime.rules[0].network.unix[0] must be an absolute path such as /tmp/*.sock, or @ and a name for an abstract address',
    'p.yaml:14:22: runtime.rules[0].network.unix[1] must have a name behind the @',
    'p.yaml:15:19: runtime.rules[0].network.metadata must be one of deny, allow',
    'p.yaml:17:16: runtime.rules[0].files.read[0] must begin with / or with one of ${task}, ${tmp}, ${runtime}',
    'p.yaml:17:30: runtime.rules[0].files.read[1] must have a / or nothing behind ${tmp}',
    'p.yaml:17:41: runtime.rules[0].files.read[2] must not contain . or .. as a part; write the path that they lead to',
    'p.yaml:18:17: runtime.rules[0].secrets[0] must be 1 to 128 letters, digits or any of _ . -, with * as wildcard',
    'p.yaml:19:23: runtime.rules[0].learn.hours must be more than 0',
    'p.yaml:19:39: runtime.rules[0].learn.invocations must be a whole number',
  ]);
});

test('a place of the policy is found in the file; a default is where its holder is', () => {
  const result = parsePolicyYaml(
    'version: 1\nruntime:\n  rules:\n    - name: a\n      files: {read: [/x]}\n',
    'p.yaml',
  );
  if (!result.ok) throw new Error('it is valid');
  expect(result.locate(['runtime', 'rules', 0, 'files', 'read', 0])).toEqual({ line: 5, column: 22 });
  expect(result.locate(['runtime', 'rules', 0, 'files', 'write', 0])).toEqual({ line: 5, column: 14 });
  expect(result.locate([])).toEqual({ line: 1, column: 1 });
});

test('names that come twice, lead nowhere or are built in are shown where they stand', () => {
  const text = `version: 1
collections:
  - name: a
  - name: a
  - name: All
runtime:
  rules:
    - { name: r, collections: [a, b] }
    - name: r
`;
  expect(errorsOf(text.replace('  - name: All\n', ''))).toEqual([
    'p.yaml:4:11: collections[1].name collection "a" is defined twice',
    'p.yaml:7:35: runtime.rules[0].collections[1] there is no collection "b"',
    'p.yaml:8:13: runtime.rules[1].name rule "r" is defined twice',
  ]);
  expect(errorsOf(text)).toContain(
    'p.yaml:5:11: collections[2].name All is built in and cannot be defined again',
  );
});

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghi'].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`)}]`),
];

test.each([
  ['nothing', '', 'p.yaml:1:1: is empty; it must be a group of keys'],
  ['a list', '- 1', 'p.yaml:1:1: must be a group of keys'],
  ['broken syntax', 'version: 1\nruntime: [', 'p.yaml:2:11: Flow sequence'],
  ['a key twice', 'version: 1\r\nversion: 1', 'p.yaml:2:1: the key "version" comes twice'],
  ['a second document', 'version: 1\n---\nversion: 1', 'p.yaml:2:1: a second document begins here'],
  ['an unknown tag', 'version: !foo 1', 'p.yaml:1:10: Unresolved tag: !foo'],
  [
    'an alias without an anchor',
    'version: *k',
    'p.yaml:1:10: no anchor &k comes before this alias; a text that begins with * stands in quotes',
  ],
  [
    'an alias of itself',
    'version: 1\ncollections: &x [*x]',
    'p.yaml:2:18: collections[0] must be a group of keys',
  ],
  ['__proto__', 'version: 1\n__proto__: {}', 'p.yaml:2:1: __proto__ is not a key that is known here'],
  ['constructor', 'version: 1\nruntime: {constructor: 1}', 'p.yaml:2:11: runtime.constructor is not a key'],
  ['a YAML bomb', bomb.join('\n'), 'p.yaml:1:1: its aliases stand for too much'],
  ['very many aliases', `a: &a 1\nb: [${'*a, '.repeat(100_000)}]`, 'there are more than 100 aliases'],
  ['deep brackets', `version: ${'['.repeat(500_000)}`, 'is nested too deeply'],
  ['deep lists', '- '.repeat(500_000), 'is nested too deeply'],
  [
    'very many keys',
    Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n'),
    'version is missing',
  ],
  ['a huge file', ' '.repeat(POLICY_YAML_BYTES + 1), 'p.yaml:1:1: the file is larger than 1048576 bytes'],
  [
    'a huge file of wide characters',
    'ü'.repeat(POLICY_YAML_BYTES - 1),
    'p.yaml:1:1: the file is larger than 1048576 bytes',
  ],
])('%s is refused', (_, text, words) => {
  expect(errorsOf(text).join('\n')).toContain(words);
});

test('aliases may be used with measure', () => {
  const text =
    'version: 1\nruntime: {rules: [{name: a, process: &p {allow: [/usr/bin/gs]}}, {name: b, process: *p}, {name: c, process: {allow: [3]}}]}';
  expect(errorsOf(text)).toEqual([
    'p.yaml:2:118: runtime.rules[2].process.allow[0] must be text or a group of keys',
  ]);
});

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((name) => name === name.trim() && !/[\p{Cc}\p{Cs}]/u.test(name) && name !== 'All');
const anyList = fc.array(fc.stringMatching(/^[a-zA-Z0-9*?._-]{1,8}$/), { minLength: 1, maxLength: 3 });
const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    collections: fc.uniqueArray(
      fc.record({
        name: anyName,
        functions: anyList,
        regions: anyList,
        accounts: anyList,
        runtimes: anyList,
      }),
      { selector: ({ name }) => name, maxLength: 4 },
    ),
    names: fc.uniqueArray(anyName, { maxLength: 4 }),
    onError: fc.constantFrom('open' as const, 'closed' as const),
    sections: anySections,
    waasRule: anyWaasRule,
    policyRefreshSeconds: fc.integer({ min: 5, max: 86_400 }),
    deliveryMilliseconds: fc.integer({ min: 0, max: 10_000 }),
  })
  .map(({ collections, names, onError, sections, waasRule, ...settings }) => ({
    version: 1,
    collections,
    runtime: {
      rules: names.map((name) => ({
        name,
        collections: ['All', ...collections.map((collection) => collection.name)],
        onError,
        ...sections,
      })),
    },
    waas: { rules: [waasRule] },
    settings,
  }));

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const result = parsePolicyYaml(formatPolicyYaml(policy), 'p.yaml');
      expect(result.ok && result.policy).toEqual(policy);
      expect(Policy.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    }),
  );
});

test('no text makes it throw', () => {
  const piece = fc.constantFrom(
    'version: 1',
    'runtime:',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '"',
    "'",
    '|',
    '>',
    '#',
    ': ',
    '!!',
    '?',
    '%',
    '---',
    '\t',
    'rules',
    '\u0000',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        const result = parsePolicyYaml(text, 'p.yaml');
        if (!result.ok)
          for (const { line, column } of result.errors) expect(Math.min(line, column)).toBeGreaterThan(0);
      },
    ),
    { numRuns: 2000 },
  );
});
