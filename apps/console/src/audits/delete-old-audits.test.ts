import { pino } from 'pino';
import { expect, test } from 'vitest';
import { migrate } from '../store/migrate.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { makeAudit } from '../testing/make-audit.ts';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { deleteOldAudits } from './delete-old-audits.ts';
import { insertAudits } from './insert-audits.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('audits go when they were received too long ago, whatever time they claim', async () => {
  const store = await openEmbeddedStore(makeTemporaryFolder(), pino({ level: 'silent' }));
  try {
    await migrate(store.database);
    const write = (count: number, time: string) => {
      const audits = Array.from({ length: count }, () => makeAudit({ time }));
      return store.database.transaction().execute((transaction) =>
        insertAudits(
          transaction,
          audits.map((audit) => ({
            functionId: 'f',
            received: { audit, line: JSON.stringify(audit) },
          })),
        ),
      );
    };
    // Instances belong to a function.
    await store.database
      .insertInto('functions')
      .values({
        id: 'f',
        cloud: 'aws',
        account: '1',
        region: 'r',
        name: 'n',
        runtime: 'x',
        arch: 'arm64',
        generation: 0,
        registered_at: new Date().toISOString(),
      })
      .execute();
    for (let batch = 0; batch < 5; batch++) await write(1000, '2099-01-01T00:00:00.000Z');
    const kept = await write(3, '1999-01-01T00:00:00.000Z');
    await store.database
      .updateTable('audits')
      .set({ received_at: new Date(Date.now() - 31 * DAY_MS).toISOString() })
      .where('id', 'not in', kept)
      .execute();
    expect(await deleteOldAudits(store.database, 32)).toBe(0);
    expect(await deleteOldAudits(store.database, 30)).toBe(5000);
    const left = await store.database.selectFrom('audits').select('id').execute();
    expect(left.map(({ id }) => id).sort()).toEqual([...kept].sort());
  } finally {
    await store.close();
  }
});
