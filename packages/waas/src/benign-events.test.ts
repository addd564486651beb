import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { benignTriggers } from './benign-triggers.ts';
import { loadEngine } from './index.ts';

const engine = await loadEngine();
const texts: Record<string, string[]> = JSON.parse(
  readFileSync(new URL('../testdata/benign-events/texts.json', import.meta.url), 'utf8'),
);

/** Which verdicts the event has, with the field and what was found there. */
function verdictsOf(event: unknown): string[] {
  return engine
    .inspectEvent(JSON.stringify(event))
    .verdicts.map(
      (verdict) => `${verdict.class} ${verdict.path}: ${verdict.reason}: ${verdict.evidence.text}`,
    );
}

describe.each(Object.entries(benignTriggers))('%s', (_, eventOf) => {
  test.each(Object.entries(texts))('%s: no verdict', (_, list) => {
    for (const text of list) expect(verdictsOf(eventOf(text)), text).toEqual([]);
  });
});
