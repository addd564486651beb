import { pino } from 'pino';
import { expect, test } from 'vitest';
import { migrate } from '../store/migrate.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { makeFinding, makeReport, scannedFunction } from '../testing/make-report.ts';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { deleteOldFindings } from './delete-old-findings.ts';
import { publishReport } from './publish-report.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('findings go, with their history, when they were fixed too long ago; open ones stay', async () => {
  const { database, close } = await openEmbeddedStore(makeTemporaryFolder(), pino({ level: 'silent' }));
  try {
    await migrate(database);
    const [open, fixed] = [makeFinding({ id: 'a1' }), makeFinding({ id: 'b2' })];
    const publish = (minute: number, findings: (typeof open)[]) =>
      publishReport(database, { function: scannedFunction(), report: makeReport(minute, findings) }, 'ci');
    await publish(0, [open, fixed]);
    await publish(1, [open]);
    const kept = async () => ({
      findings: (await database.selectFrom('findings').select('id').orderBy('id').execute()).map(
        ({ id }) => id,
      ),
      events: (await database.selectFrom('finding_events').select('id').execute()).map(({ id }) => id).sort(),
    });
    await deleteOldFindings(database, 30, Date.now() + 29 * DAY_MS);
    expect(await kept()).toEqual({ findings: ['a1', 'b2'], events: ['a1', 'b2', 'b2'] });
    await deleteOldFindings(database, 30, Date.now() + 31 * DAY_MS);
    expect(await kept()).toEqual({ findings: ['a1'], events: ['a1'] });
    // The fault comes back: it is found as if for the first time.
    expect(await publish(2, [open, fixed])).toMatchObject({ found: 1, returned: 0 });
  } finally {
    await close();
  }
});
