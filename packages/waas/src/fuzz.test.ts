import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadEngine } from './node.ts';
import { carriers } from './test-support/carriers.ts';
import { hostileShapes } from './test-support/hostile-shapes.ts';
import { loadMeteredEngine } from './test-support/metered-engine.ts';

/** Bytes that may be judged of any event, and for each of its own (`assembly/budget.ts`); and the work that one takes at most. */
const JUDGED_OF_ANY = 65_536;
const JUDGED_OF_BYTE = 12;
const WORK_OF_JUDGED = 80;

const engine = await loadEngine();
const { workOf } = loadMeteredEngine();

const attacks = ['sqli', 'cmdi', 'code', 'xss', 'lfi', 'further'].flatMap((name) =>
  Object.values<string[]>(
    JSON.parse(readFileSync(new URL(`../testdata/variants/${name}.json`, import.meta.url), 'utf8')),
  ).flat(),
);

/** The bytes with some cut out, doubled, overwritten or put in from elsewhere. */
function mutate(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    at: fc.nat(),
    length: fc.nat(40),
    kind: fc.constantFrom('cut', 'double', 'overwrite', 'insert'),
    other: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(...attacks, ...hostileShapes).map(Buffer.from),
    ),
  });
  return fc.tuple(bytes, fc.array(change, { maxLength: 6 })).map(([start, changes]) =>
    changes.reduce((now, { at, length, kind, other }) => {
      const from = at % (now.length + 1);
      const part = now.subarray(from, from + length);
      const put = { cut: [], double: [part, part], overwrite: [other], insert: [other, part] }[kind];
      return Buffer.concat([now.subarray(0, from), ...(put ?? []), now.subarray(from + length)]);
    }, start),
  );
}

const text = fc.oneof(
  fc.constantFrom(...attacks),
  fc.array(fc.constantFrom(...hostileShapes), { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const carried = fc
  .tuple(fc.constantFrom(...carriers), text, fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 3 }))
  .map(([[, carry], value, hay]) => Buffer.from(JSON.stringify(carry(value, hay))));

describe.each([
  ['any bytes', fc.uint8Array({ maxLength: 2000 })],
  ['any JSON', fc.json({ maxDepth: 6 }).map((json) => Buffer.from(json))],
  ['attacks in events', carried],
  ['what is left of such events', mutate(carried)],
])('%s', (_, events) => {
  test('are judged within bounds, and nothing traps', () => {
    fc.assert(
      fc.property(events, (event) => {
        const judged = JUDGED_OF_ANY + JUDGED_OF_BYTE * event.length;
        expect(workOf(event, 'event')).toBeLessThan(WORK_OF_JUDGED * judged);
      }),
      { numRuns: 1500 },
    );
  });

  test('have verdicts whose evidence lies in what was judged', () => {
    fc.assert(
      fc.property(events, (event) => {
        const { verdicts, leftOut } = engine.inspectEvent(event);
        expect(leftOut).toBeGreaterThanOrEqual(0);
        for (const [index, { evidence, confidence, path }] of verdicts.entries()) {
          engine.watch(index);
          engine.inspectEvent(event);
          const around = engine.surroundings();
          if (around === undefined) throw new Error(`verdict ${index} of ${path} has no surroundings`);
          expect(around.place).toBeLessThanOrEqual(event.length);
          expect(evidence.start).toBeLessThanOrEqual(evidence.end);
          // Bytes that are no UTF-8 are told as a character of three.
          if (!around.before.includes('\ufffd'))
            expect(around.start + Buffer.byteLength(around.before)).toBe(evidence.start);
          expect(around.start + Buffer.byteLength(around.before)).toBeGreaterThanOrEqual(evidence.start);
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 500 },
    );
  });
});
