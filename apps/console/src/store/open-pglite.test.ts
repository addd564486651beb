import { copyFileSync, cpSync, existsSync, fstatSync, fsyncSync, mkdirSync, readlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { openPglite } from './open-pglite.js';

const fail = (error: unknown) => {
  throw error;
};

test('after a power loss, each transaction that committed is there', async () => {
  const root = makeTemporaryFolder();
  const [folder, disk] = [join(root, 'store'), join(root, 'disk')];
  await (await openPglite(folder, fail)).close();
  cpSync(folder, disk, { recursive: true });

  // The disk as it is at worst: of each file, what it held when it was last synced.
  let syncs = 0;
  const store = await openPglite(folder, fail, (descriptor) => {
    fsyncSync(descriptor);
    if (!fstatSync(descriptor).isFile()) return;
    const path = readlinkSync(`/proc/self/fd/${descriptor}`);
    const copy = join(disk, relative(folder, path));
    mkdirSync(dirname(copy), { recursive: true });
    if (existsSync(path)) copyFileSync(path, copy);
    syncs++;
  });
  await store.query('create table kept (id integer primary key, filling text)');
  let committed = 0;
  for (let round = 0; round < 4; round++) {
    for (let commit = 0; commit < 12; commit++) {
      const before = syncs;
      await store.query(
        "insert into kept select n, repeat('x', 500) from generate_series($1::integer, $2::integer) n",
        [committed + 1, committed + 400],
      );
      committed += 400;
      expect(syncs).toBeGreaterThan(before);
    }
    if (round % 2 === 1) await store.query('checkpoint');

    const afterLoss = join(root, `loss ${round}`);
    cpSync(disk, afterLoss, { recursive: true });
    const reopened = await openPglite(afterLoss, fail);
    const { rows } = await reopened.query('select count(*) as count, max(id) as last from kept');
    await reopened.close();
    expect(rows).toEqual([{ count: committed, last: committed }]);
  }
  await store.close();
}, 120_000);
