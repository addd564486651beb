import { readFileSync } from 'node:fs';
import type { ProtectionClass } from '@ringfence/policy/waas-section';
import { describe, expect, test } from 'vitest';
import { finds } from './detect/judge-cases.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../testdata/variants/${name}.json`, import.meta.url), 'utf8'));

/** Variants that are not found, by class: known limits. */
const misses: Record<string, string[]> = read('known-misses');
const families: [ProtectionClass, string, string[]][] = [
  ...(['sqli', 'cmdi', 'code', 'xss', 'lfi'] as const).flatMap((kind) =>
    Object.entries<string[]>(read(kind)).map(([family, texts]): [ProtectionClass, string, string[]] => [
      kind,
      family,
      texts,
    ]),
  ),
  ...Object.entries<string[]>(read('further')).map(([kind, texts]): [ProtectionClass, string, string[]] => [
    kind as ProtectionClass,
    'all',
    texts,
  ]),
];

describe.each(families)('%s, %s: exactly the known misses are not found', (kind, _, texts) => {
  test.each(texts)('%j', (text) => {
    expect(finds(kind, text)).toBe(!misses[kind]?.includes(text));
  });
});

test('each known miss is one of the variants', () => {
  const known = families.flatMap(([kind, , texts]) => texts.map((text) => `${kind} ${text}`));
  expect(known).toEqual(
    expect.arrayContaining(
      Object.entries(misses).flatMap(([kind, texts]) => texts.map((text) => `${kind} ${text}`)),
    ),
  );
});
