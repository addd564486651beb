// Writes testdata/ anew, always the same: `npx tsx packages/policy/scripts/write-testdata.ts`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { makeTestdata } from '../src/make-testdata.ts';

const folder = new URL('../testdata/', import.meta.url);
mkdirSync(folder, { recursive: true });
const { files, expected } = makeTestdata();
for (const { name, bytes } of files) writeFileSync(new URL(name, folder), bytes);
writeFileSync(new URL('expected.json', folder), `${JSON.stringify(expected, null, 2)}\n`);
