import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintPolicy } from './lint/lint-policy.ts';
import { LINT_CODES } from './lint/lint-warning.ts';
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
  const named = [...reference.matchAll(/^\| `([a-z-]+)` +\| [^|]+\| [^|]+\|$/gm)].map(([, code]) => code);
  expect(named.filter((code) => code?.includes('-'))).toEqual([...LINT_CODES]);
});
