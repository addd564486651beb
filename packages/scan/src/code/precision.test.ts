import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeCorpus, renderCorpus } from '../testing/judge-corpus.ts';

const judged = await judgeCorpus();

test.each(judged)('$folder/$name', ({ found, expected }) => {
  expect(found).toEqual(expected);
});

test('the page of figures is of this corpus', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/scan/precision.md'), 'utf8');
  expect(page, 'write it again: npx tsx packages/scan/bench/precision.ts').toContain(renderCorpus(judged));
});
