import { DatabaseBuilder } from '../src/database/build-database.ts';
import { readOsv } from '../src/database/read-osv.ts';

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

/** Letters that no package is called by, for names that are looked up and not found. */
export const makeName = () => letters(10);

/** Names of packages that advisories are about. */
export const makeNames = (count: number): string[] =>
  Array.from({ length: count }, () => `${words[random(words.length)]}-${words[random(words.length)]}`);

/** Writes a database of `count` advisories about the packages of these names: by their length and ranges like those that OSV publishes, of which most are records of malicious npm packages. */
export async function makeAdvisories(path: string, count: number, names: string[]): Promise<void> {
  const builder = new DatabaseBuilder();
  for (let i = 0; i < count; i++) {
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
}
