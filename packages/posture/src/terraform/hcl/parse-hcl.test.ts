import { describe, expect, test } from 'vitest';
import { PostureError } from '../../posture-error.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { Budget, type Scope } from '../evaluate/scope.ts';
import { plain } from '../evaluate/values.ts';
import { parseHcl } from './parse-hcl.ts';

const names = new Map<string, unknown>([
  ['list', ['a', 'b']],
  ['map', { one: 1, two: 2 }],
  ['open', '${Table.Arn}'],
]);
const scope: Scope = {
  valueOf: (name) => (names.has(name) ? names.get(name) : `\${${name}}`),
  readFile: (path) => (path === 'hello.txt' ? { file: path, text: 'Hello ${name} $${kept}' } : undefined),
  budget: new Budget(),
};

async function evaluated(expression: string): Promise<unknown> {
  const { attributes } = await parseHcl(`value = ${expression}\n`, 'main.tf');
  const written = attributes.get('value');
  return written ? plain(evaluate(written.value, scope)) : expect.fail('no attribute');
}

test.each<[string, unknown]>([
  ['1 + 2 * 3', 7],
  ['-(1 + 2) % 2', -1],
  ['!true || 2 >= 2 && 1 != 1', false],
  ['"a\\n\\"\\u00e9"', 'a\n"é'],
  ['"x ${list[1]}  y ${map.two}"', 'x b  y 2'],
  ['"$${kept} %%{kept}"', '${!kept} %{kept}'],
  ['"${map["one"]}"', 1],
  ['true ? "yes" : "no"', 'yes'],
  ['open == "" ? "none" : open', '${Table.Arn}'],
  ['open.name[0]', '${Table.Arn.name.0}'],
  ['list[*]', ['a', 'b']],
  ['[{ n = 1 }, { n = 2 }][*].n', [1, 2]],
  ['[for item in list : upper(item) if item != "a"]', ['B']],
  ['{ for key, value in map : value => key }', { 1: 'one', 2: 'two' }],
  ['{ for item in ["a1", "a2"] : substr(item, 0, 1) => item... }', { a: ['a1', 'a2'] }],
  ['{ (list[0]) = 1, "b c" : 2, d = 3 }', { a: 1, 'b c': 2, d: 3 }],
  ['<<EOT\n  a\n    ${list[0]}\nEOT', '  a\n    a\n'],
  ['<<-EOT\n  a\n\n    ${list[0]}\n  EOT', 'a\n\n  a\n'],
  ['try(map.three, list[7], "else")', 'else'],
  ['can(map.three)', false],
  ['lookup(map, "three", 3)', 3],
  ['merge(map, { two = 4 })', { one: 1, two: 4 }],
  ['concat(list, ["c"])', ['a', 'b', 'c']],
  ['flatten([list, [["c"]]])', ['a', 'b', 'c']],
  ['join("-", list)', 'a-b'],
  ['split("-", "a-b")', ['a', 'b']],
  ['format("%s-%03d%%", open, 7)', '${Table.Arn}-7%'],
  ['formatlist("%s/*", list)', ['a/*', 'b/*']],
  ['lower(open)', '${Table.Arn}'],
  ['replace("a_b", "_", "-")', 'a-b'],
  ['jsonencode({ a = [open, true] })', '{"a":["${Table.Arn}",true]}'],
  ['jsondecode("{\\"a\\": [1]}").a[0]', 1],
  ['templatefile("hello.txt", { name = open })', 'Hello ${Table.Arn} ${!kept}'],
  ['file("nowhere.txt")', '${file()}'],
  [
    'setproduct(list, ["x"])',
    [
      ['a', 'x'],
      ['b', 'x'],
    ],
  ],
  ['element(list, 3)', 'b'],
  ['max([1, 5, 2]...)', 5],
  ['uuid()', '${uuid()}'],
  ['coalesce("", null, "c")', 'c'],
])('%s', async (expression, expected) => {
  expect(await evaluated(expression)).toEqual(expected);
});

test('blocks have their labels, arguments and places', async () => {
  const { blocks } = await parseHcl(
    '# x\nresource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n  a {}\n  a {}\n}\n',
    'main.tf',
  );
  expect(blocks).toMatchObject([
    { type: 'resource', labels: ['aws_sqs_queue', 'jobs'], at: { file: 'main.tf', line: 2, column: 1 } },
  ]);
  expect(blocks[0]?.body.attributes.get('name')?.at).toEqual({ file: 'main.tf', line: 3, column: 3 });
  expect(blocks[0]?.body.blocks).toHaveLength(2);
});

describe('what can not be read is told with its place', () => {
  test.each<[string, string, RegExp]>([
    ['no HCL', 'a = 1\nresource "x" {\n  a = = 2\n}\n', /^main.tf:3:\d+: is not Terraform's language/],
    ['a block without an end', 'resource "x" "y" {\n', /^main.tf:\d:\d+: is not Terraform's language/],
    [
      'deep nesting',
      `a = ${'['.repeat(200)}${']'.repeat(200)}\n`,
      /^main.tf:1:\d+: is nested more than 100 levels/,
    ],
    ['deep blocks', `${'a {\n'.repeat(200)}${'}\n'.repeat(200)}`, /is nested more than 100 levels/],
    ['a long file', `# ${'x'.repeat(1_000_000)}`, /main.tf is longer than 1000000 characters/],
  ])('%s', async (_, text, message) => {
    await expect(parseHcl(text, 'main.tf')).rejects.toThrow(PostureError);
    await expect(parseHcl(text, 'main.tf')).rejects.toThrow(message);
  });
});
