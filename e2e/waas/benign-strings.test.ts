import { loadEngine } from '@ringfence/waas';
import { expect, test } from 'vitest';
import { developmentStrings } from '../../packages/waas/bench/development-strings.ts';

const engine = await loadEngine();
const strings = developmentStrings();

const malformed = (event: string): string[] =>
  engine
    .inspectEvent(event)
    .verdicts.filter((verdict) => verdict.class === 'malformed')
    .map(({ reason }) => reason);

const inBody = (text: string): string =>
  JSON.stringify({
    httpMethod: 'POST',
    path: '/',
    requestContext: { identity: { sourceIp: '192.0.2.1' } },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });

test.skipIf(strings === undefined)('no benign string is malformed, as a body and as an event', () => {
  // Two strings have control characters where their blanks were.
  const benign = strings?.filter(({ label, text }) => label === 'benign' && !/[^\P{Cc}\s]/u.test(text)) ?? [];
  expect(benign.length).toBeGreaterThan(20_000);
  expect(benign.flatMap(({ text }) => [...malformed(inBody(text)), ...malformed(text)])).toEqual([]);
});
