import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintPolicy } from './lint-policy.ts';
import { parsePolicyYaml } from './policy-yaml.ts';

const reference = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');

test('each example of docs/policy.md is valid and without warnings', () => {
  const examples = [...reference.matchAll(/```yaml\n([^`]*)```/g)];
  expect(examples).not.toHaveLength(0);
  for (const [, text = ''] of examples) {
    const result = parsePolicyYaml(text, 'docs/policy.md');
    expect(result).toMatchObject({ ok: true });
    if (result.ok) expect(lintPolicy(result.policy)).toEqual([]);
  }
});

test('docs/policy.md names every warning', () => {
  const source = readFileSync(new URL('lint-policy.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => code);
  expect(codes).toHaveLength(10);
  for (const code of codes) expect(reference).toContain(`| \`${code}\``);
});
