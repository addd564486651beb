import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Every module that a file imports, itself or through its own modules. */
function collectImports(file: URL, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file.href)) return seen;
  const source = readFileSync(file, 'utf8');
  seen.set(file.href, source);
  for (const [, name = ''] of source.matchAll(/(?:from|import) '([^']+)'/g)) {
    if (name.startsWith('.')) collectImports(new URL(name, file), seen);
    else seen.set(name, '');
  }
  return seen;
}

test('the entry ./schema needs nothing that only Node has', () => {
  const modules = collectImports(new URL('./schema.ts', import.meta.url));
  const outside = [...modules.keys()].filter((name) => !name.startsWith('file:'));
  expect(outside).toEqual(['zod']);
  expect(modules.size).toBeGreaterThan(5);
  for (const source of modules.values())
    expect(source).not.toMatch(/\b(Buffer|process\.(env|argv)|require)\b/);
});
