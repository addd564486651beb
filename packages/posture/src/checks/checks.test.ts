import { Finding } from '@ringfence/findings';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { allChecks } from './all-checks.ts';
import { renderCatalogue } from './render-catalogue.ts';
import { runChecks } from './run-checks.ts';

describe.each(allChecks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  test('finds nothing in its passing example', async () => {
    expect(await check.find(graphOf(check.passing))).toEqual([]);
  });

  test('finds one problem in its failing example, and says where', async () => {
    const [finding, ...others] = await runChecks(graphOf(check.failing), [check]);
    expect(others).toEqual([]);
    expect(Finding.parse(finding)).toMatchObject({
      rule: `posture/${check.id}`,
      locations: [{ path: 'template.yaml', line: expect.any(Number) }],
    });
  });
});

test('the catalogue is docs/posture/checks.md (else run vitest with -u)', async () => {
  await expect(renderCatalogue(allChecks)).toMatchFileSnapshot('../../../../docs/posture/checks.md');
});
