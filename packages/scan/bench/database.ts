// `npx tsx packages/scan/bench/database.ts`: size, opening and look-ups of a database of 250,000 advisories, made for it.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdvisoryDatabase } from '../src/database/open-database.ts';
import { matchPackage } from '../src/match/match-package.ts';
import { makeAdvisories, makeName, makeNames } from './make-advisories.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
const path = join(folder, 'advisories.db');
const names = makeNames(30_000);
await makeAdvisories(path, 250_000, names);
const milliseconds = (work: () => void) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] as number;
const opened = median(
  Array.from({ length: 20 }, () =>
    milliseconds(() => {
      new AdvisoryDatabase(path).close();
    }),
  ),
);
// Each time other packages, a third of them with advisories, so that no block is unpacked already.
const lookedUp = median(
  Array.from({ length: 11 }, (_, round) => {
    const database = new AdvisoryDatabase(path);
    const asked = Array.from({ length: 1500 }, (_, i) =>
      i % 3 === 0 ? (names[round * 500 + i / 3] as string) : makeName(),
    );
    const took = milliseconds(() => {
      for (const name of asked)
        matchPackage({ ecosystem: 'npm', name, version: '4.5.6' }, database.lookUp('npm', name));
    });
    database.close();
    return took;
  }),
);
console.table({
  'database of 250,000 advisories': {
    figure: `${(statSync(path).size / 1e6).toFixed(1)} MB`,
    must: '150 MB',
  },
  'opening it': { figure: `${opened.toFixed(2)} ms`, must: '20 ms' },
  'looking up and matching 1,500 packages': { figure: `${lookedUp.toFixed(1)} ms`, must: '200 ms' },
});
rmSync(folder, { recursive: true });
