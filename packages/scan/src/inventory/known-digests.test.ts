import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scan } from '../scan.ts';
import { makeZip } from '../testing/make-zip.ts';
import { readDigests } from './known-digests.ts';

test('a renamed jar, at any depth, and a copied script are known by their digests', async () => {
  const nameless = makeZip([{ name: 'org/example/A.class', content: 'x' }]);
  const script = '/* minified */ var q=1';
  const digest = (algorithm: string, content: Buffer | string) =>
    createHash(algorithm).update(content).digest('hex');
  const table = `# Known to us
${digest('sha1', nameless).toUpperCase()} pkg:maven/commons-io/commons-io@2.11.0
${digest('sha256', script)}  pkg:npm/%40scope/q@1.0.0
`;
  const digests = readDigests(table, 'digests.txt');
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-digests-'));
  try {
    writeFileSync(join(folder, 'app.jar'), makeZip([{ name: 'lib/x.jar', content: nameless }]));
    writeFileSync(join(folder, 'q.js'), script);
    const purls = async (options: object) =>
      (await scan(folder, options)).packages.map(({ purl, locations }) => [purl, ...locations]).sort();
    expect(await purls({ digests })).toEqual([
      ['pkg:maven/commons-io/commons-io@2.11.0', 'app.jar!/lib/x.jar'],
      ['pkg:npm/%40scope/q@1.0.0', 'q.js'],
    ]);
    expect(await purls({})).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  '0123 pkg:npm/a@1',
  `${'0'.repeat(40)} pkg:npm/a`,
  `${'0'.repeat(40)} pkg:deb/a@1`,
  `${'0'.repeat(40)} a@1`,
])('the line %j is refused, with its number', (line) => {
  expect(() => readDigests(`\n${line}\n`, 'digests.txt')).toThrow(/^digests.txt, line 2: /);
});
