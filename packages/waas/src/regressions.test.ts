import { readFileSync } from 'node:fs';
import type { ProtectionClass } from '@ringfence/policy/waas-section';
import { testCases } from './detect/judge-cases.ts';

type Table = Record<'attacks' | 'harmless', [text: string, why: string][]>;

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../testdata/regressions/${name}.json`, import.meta.url), 'utf8'));

const tables = Object.entries<Table>({
  ...Object.fromEntries(['sqli', 'cmdi', 'code', 'xss', 'lfi'].map((name) => [name, read(name)])),
  ...read('further'),
});

for (const [kind, { attacks, harmless }] of tables)
  testCases(kind as ProtectionClass, {
    attacks: attacks.map(([text, why]) => [why, text]),
    harmless: harmless.map(([text, why]) => [why, text]),
  });
