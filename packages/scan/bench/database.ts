// `npx tsx packages/scan/bench/database.ts`: size, opening and look-ups of a database of 250,000 advisories, made for it: by their length and
// ranges like those that OSV publishes, of which most are records of malicious npm packages.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseBuilder } from '../src/database/build-database.ts';
import { AdvisoryDatabase } from '../src/database/open-database.ts';
import { readOsv } from '../src/database/read-osv.ts';
import { matchPackage } from '../src/match/match-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
const path = join(folder, 'advisories.db');
let state = 1;
/** Mulberry32: the same numbers in each run, and good enough in all their bits. */
const random = (below: number) => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
};
const letters = (length: number) =>
  Array.from({ length }, () => String.fromCharCode(97 + random(26))).join('');
const words = Array.from({ length: 3000 }, () => letters(3 + random(8)));
const text = (count: number) => Array.from({ length: count }, () => words[random(words.length)]).join(' ');
const version = () => `${random(9)}.${random(30)}.${random(20)}`;
const names = Array.from({ length: 30_000 }, () => `${words[random(3000)]}-${words[random(3000)]}`);

const builder = new DatabaseBuilder();
for (let i = 0; i < 250_000; i++) {
  const isMalicious = i % 5 !== 0;
  const record = {
    id: isMalicious ? `MAL-2026-${i}` : `GHSA-${letters(4)}-${letters(4)}-${letters(4)}`,
    modified: '2026-10-01T00:00:00Z',
    summary: isMalicious ? 'Malicious code in a package (npm)' : text(10),
    ...(!isMalicious && {
      aliases: [`CVE-2026-${i}`],
      severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      database_specific: { severity: 'HIGH', cwe_ids: [`CWE-${random(900)}`] },
      references: Array.from({ length: 5 }, () => ({
        url: `https://example.com/${letters(12)}/${letters(8)}/${letters(20)}`,
      })),
    }),
    affected: [
      {
        package: {
          ecosystem: 'npm',
          name: isMalicious ? `${letters(9)}-${letters(4)}` : names[random(names.length)],
        },
        ...(isMalicious
          ? { versions: [version(), version()] }
          : {
              ranges: Array.from({ length: 1 + random(3) }, () => ({
                type: 'SEMVER',
                events: [{ introduced: version() }, { fixed: version() }],
              })),
            }),
      },
    ],
  };
  const advisory = readOsv(record);
  if (advisory) builder.add(advisory);
}
await builder.write(path);
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
      i % 3 === 0 ? (names[round * 500 + i / 3] as string) : letters(10),
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
