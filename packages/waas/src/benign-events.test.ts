import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { benignMultipart, benignTriggers } from './benign-triggers.ts';
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

// The form is judged as a whole, too, where a text of HTML is not seen as such: that may be told, but is never refused.
test.each(Object.entries(texts))('forms in parts, %s: nothing that is refused', (_, list) => {
  for (const event of list.flatMap((text) => [benignMultipart(text, true), benignMultipart(text, false)]))
    expect(engine.inspectEvent(event).verdicts.filter(({ confidence }) => confidence >= 60)).toEqual([]);
});
