import { expect, it } from 'vitest';
import { summariseWaas } from './summarise-waas.ts';

const verdict = (name: string, confidence: number, path: string) => ({
  class: name,
  effect: 'prevent',
  confidence,
  reason: 'is an attack',
  path,
  decoding: [],
  evidence: { start: 0, end: 1, text: 'x' },
});
const detail = {
  requestId: 'r',
  decision: 'answer' as const,
  trigger: 'http-api',
  verdicts: [verdict('lfi', 60, 'path'), verdict('sqli', 95, 'body.query')],
  leftOut: 1,
  incomplete: false,
};

it('names the surest verdict, how many more there are, and the sender', () => {
  expect(summariseWaas({ ...detail, address: '192.0.2.1', identity: 'anna' })).toBe(
    'SQL injection in body.query and 2 more · http-api from 192.0.2.1',
  );
  expect(summariseWaas({ ...detail, verdicts: [verdict('new-class', 90, '')], leftOut: 0 })).toBe(
    'new-class · http-api',
  );
});

it('says nothing where nothing was found', () => {
  expect(summariseWaas({ ...detail, verdicts: [] })).toBeUndefined();
});
