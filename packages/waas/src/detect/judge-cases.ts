import type { ProtectionClass } from '@ringfence/policy/waas-section';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadEngine } from '../node.ts';

const engine = await loadEngine();

/** Whether the engine finds an attack of this class in the text. */
export function finds(kind: ProtectionClass, text: string): boolean {
  return engine.inspectText(text).some((verdict) => verdict.class === kind);
}

/** One test for each text: attacks must be found, harmless texts must have no verdict of the class. `why` says what is special. */
export function testCases(
  kind: ProtectionClass,
  cases: { attacks: [why: string, text: string][]; harmless: [why: string, text: string][] },
): void {
  test.each(cases.attacks)(`${kind}: %s: %s`, (_, text) => {
    expect(finds(kind, text)).toBe(true);
  });
  test.each(cases.harmless)(`${kind} is not: %s: %s`, (_, text) => {
    expect(engine.inspectText(text).filter((verdict) => verdict.class === kind)).toEqual([]);
  });
}

/** Texts of any bytes, among them many made of the class's own characters, never trap the engine. */
export function testHostileTexts(kind: ProtectionClass, alphabet: string[]): void {
  test(`${kind}: no text traps`, () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...alphabet)).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        engine.inspectText(value);
      }),
      { numRuns: 3000 },
    );
  });
}
