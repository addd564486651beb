import { readFile, stat } from 'node:fs/promises';
import { CliError } from '../common/cli-error.ts';
import { aboutFile, withPath } from '../common/system-error.ts';
import { writeAtOnce } from '../common/write-at-once.ts';
import { type Protection, packagePaths } from './package-paths.ts';
import { protectZip, unprotectZip } from './protect-zip.ts';
import { readStart } from './zip/read-start.ts';
import { readZip } from './zip/read-zip.ts';
import { writeZip } from './zip/write-zip.ts';

/** Bytes; four times what Lambda takes unpacked. */
const largestInput = 1024 ** 3;

/** Writes the protected zip at once or not at all. Sizes in bytes. */
export async function embedZip(
  input: string,
  output: string,
  protect: (paths: Iterable<string>, bootstrap: Buffer) => Promise<Protection>,
): Promise<{ zipped: number; unzipped: number }> {
  const bytes = await withPath('usage', input, async () => {
    if ((await stat(input)).size > largestInput) throw new CliError('usage', `${input} is larger than 1 GB.`);
    return readFile(input);
  });
  const original = aboutFile(input, () => unprotectZip(readZip(bytes)));
  const paths = original.entries.map((entry) => entry.path);
  const bootstrap = original.entries.find(({ path }) => path === packagePaths.bootstrap);
  const zip = protectZip(original, await protect(paths, bootstrap ? readStart(bootstrap) : Buffer.of()));
  const data = writeZip(zip);
  await writeAtOnce(output, data);
  return { zipped: data.length, unzipped: zip.entries.reduce((sum, entry) => sum + entry.size, 0) };
}
