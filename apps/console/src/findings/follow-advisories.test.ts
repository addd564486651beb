import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@ringfence/findings';
import { AdvisoryDatabase, DatabaseBuilder, importAdvisories, scan } from '@ringfence/scan';
import { afterAll, expect, test } from 'vitest';
import { makeFinding, makeReport, scannedFunction } from '../testing/make-report.ts';
import { useConsole } from '../testing/test-console.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-advisories-'));
const advisories = join(folder, 'advisories.db');
afterAll(() => rmSync(folder, { recursive: true }));

const shared = useConsole(() => ({ advisories }));

/** Puts a database of these advisories about lodash in place, as "ringfence db update" does. */
async function updateDatabase(...records: [id: string, modified: string, fixed: string][]): Promise<void> {
  const source = mkdtempSync(join(folder, 'osv-'));
  for (const [id, modified, fixed] of records) {
    const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }];
    const affected = [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges }];
    writeFileSync(join(source, `${id}.json`), JSON.stringify({ id, modified, summary: id, affected }));
  }
  const builder = new DatabaseBuilder();
  await importAdvisories(source, builder);
  await builder.write(advisories);
}

/** Scans a function that has lodash 4.17.20. */
async function scanLodash(): Promise<Report> {
  const fn = join(folder, 'fn/node_modules/lodash');
  mkdirSync(fn, { recursive: true });
  writeFileSync(join(fn, 'package.json'), JSON.stringify({ name: 'lodash', version: '4.17.20' }));
  const database = new AdvisoryDatabase(advisories);
  try {
    return await scan(join(folder, 'fn'), { database });
  } finally {
    database.close();
  }
}

async function findingsOf(name: string) {
  const { body } = await shared.api('GET', `/api/findings?function=${name}`);
  return body.items as {
    functionId: string;
    state: string;
    finding: { id: string; rule: string; package?: { fixed?: string } };
  }[];
}
const rulesOf = async (name: string, ...states: string[]) =>
  (await findingsOf(name))
    .filter(({ state }) => states.includes(state))
    .map(({ finding }) => finding.rule)
    .sort();

const soon = { timeout: 20_000, interval: 200 };

test('findings follow the advisory database: those of a function that nobody scans again too', async () => {
  await updateDatabase(['GHSA-1', '2026-01-01T00:00:00Z', '4.17.21']);
  const scanned = await scanLodash();
  expect(scanned.findings.map(({ rule }) => rule)).toEqual(['GHSA-1']);
  const code = makeFinding({ id: 'cd', kind: 'code', rule: 'code/command-injection' });
  const publish = (name: string, database: string) =>
    shared.api('POST', '/api/reports', {
      function: scannedFunction(name),
      report: { ...scanned, database, findings: [...scanned.findings, code] },
    });
  expect((await publish('older', '2026-01-01T00:00:00Z')).status).toBe(200);
  // Made with advisories that the Console does not have yet.
  expect((await publish('newer', '2026-02-15T00:00:00Z')).status).toBe(200);

  await updateDatabase(
    ['GHSA-1', '2026-01-01T00:00:00Z', '4.17.21'],
    ['GHSA-2', '2026-02-01T00:00:00Z', '5.0.0'],
  );
  await expect.poll(() => rulesOf('older', 'new', 'open'), soon).toContain('GHSA-2');
  expect(await rulesOf('older', 'new', 'open')).toEqual(['GHSA-1', 'GHSA-2', 'code/command-injection']);
  const added = (await findingsOf('older')).find(({ finding }) => finding.rule === 'GHSA-2');
  expect(added).toMatchObject({ state: 'new', finding: { package: { fixed: '5.0.0' } } });
  const path = `/api/findings/${added?.functionId}/scan/${added?.finding.id}`;
  expect((await shared.api('GET', path)).body.history).toMatchObject([
    { by: 'advisory database', what: 'found', note: 'matched again with the advisories of 2026-02-01' },
  ]);
  expect(await rulesOf('newer', 'new')).toEqual(['GHSA-1', 'code/command-injection']);

  // GHSA-1 is withdrawn, and the Console's database is now as new as the scan's.
  await updateDatabase(['GHSA-2', '2026-03-01T00:00:00Z', '5.0.1']);
  await expect.poll(() => rulesOf('newer', 'new'), soon).toEqual(['GHSA-2', 'code/command-injection']);
  await expect.poll(() => rulesOf('older', 'fixed'), soon).toEqual(['GHSA-1']);
  const { body } = await shared.api('GET', '/api/findings/functions?function=older');
  expect(body.items).toMatchObject([{ advisories: '2026-03-01T00:00:00.000Z', rematched: true }]);
});

test('a report is matched against newer advisories as soon as it is published', async () => {
  await updateDatabase(['GHSA-7', '2026-04-01T00:00:00Z', '4.17.21']);
  await shared.api('POST', '/api/reports', {
    function: scannedFunction('late'),
    report: makeReport(0, []),
  });
  await expect.poll(() => rulesOf('late', 'new'), soon).toEqual(['GHSA-7']);
});

test('a broken database leaves findings as they are, and the next one counts again', async () => {
  writeFileSync(advisories, 'not a database');
  expect(await rulesOf('late', 'new')).toEqual(['GHSA-7']);
  await updateDatabase(['GHSA-8', '2026-05-01T00:00:00Z', '4.17.21']);
  await expect.poll(() => rulesOf('late', 'new'), soon).toEqual(['GHSA-8']);
});
