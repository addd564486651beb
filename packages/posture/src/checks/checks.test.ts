import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Finding } from '@ringfence/findings';
import { afterAll, describe, expect, test } from 'vitest';
import { readFlows } from '../flows/read-flows.ts';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';
import { allChecks } from './all-checks.ts';
import { renderCatalogue } from './render-catalogue.ts';
import { runChecks } from './run-checks.ts';

const empty = mkdtempSync(join(tmpdir(), 'ringfence-checks-'));
afterAll(() => rmSync(empty, { recursive: true }));

/** The examples have their code in them. */
const graphWithCode = async (template: string) => readFlows(await readNeeds(graphOf(template), empty), empty);

describe.each(allChecks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  test('finds nothing in its passing example', async () => {
    expect(await check.find(await graphWithCode(check.passing))).toEqual([]);
  });

  test('finds one problem in its failing example, and says where', async () => {
    const [finding, ...others] = await runChecks(await graphWithCode(check.failing), [check]);
    expect(others).toEqual([]);
    expect(Finding.parse(finding)).toMatchObject({
      rule: `posture/${check.id}`,
    });
    expect(finding?.locations[0]).toMatchObject({ path: 'template.yaml', line: expect.any(Number) });
  });
});

test('the catalogue is docs/posture/checks.md (else run vitest with -u)', async () => {
  await expect(renderCatalogue(allChecks)).toMatchFileSnapshot('../../../../docs/posture/checks.md');
});
