import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { withPath } from './system-error.ts';

/** Writes a file at once or not at all. Throws an environment error that names the file. */
export async function writeAtOnce(path: string, data: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await withPath('environment', path, async () => {
      await writeFile(temporary, data, { flag: 'wx' });
      await rename(temporary, path);
    });
  } finally {
    await rm(temporary, { force: true });
  }
}
