import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withPath } from '../common/system-error.ts';
import { listFolder } from './list-folder.ts';
import { type Protection, packagePaths } from './package-paths.ts';
import { protectFolder } from './protect-folder.ts';
import { writeFolder } from './write-folder.ts';

/** Writes the protected folder at once or not at all; only a folder that embed made is replaced. Sizes in bytes. */
export async function embedFolder(
  input: string,
  output: string,
  protect: (paths: Iterable<string>, bootstrap: Buffer) => Promise<Protection>,
): Promise<{ unzipped: number }> {
  await writeFolder(input, output, async (target) => {
    const paths = await withPath('usage', input, () => listFolder(input));
    const hasOriginal = paths.has(packagePaths.originalBootstrap);
    const original = hasOriginal ? packagePaths.originalBootstrap : packagePaths.bootstrap;
    const bootstrap = paths.get(original) === 'file' ? await readFile(join(input, original)) : Buffer.of();
    const protection = await protect(hasOriginal ? [packagePaths.bootstrap] : paths.keys(), bootstrap);
    await protectFolder(input, target, protection);
  });
  return { unzipped: await measureFolder(output) };
}

async function measureFolder(folder: string): Promise<number> {
  let total = 0;
  for (const [path, kind] of await listFolder(folder))
    if (kind === 'file') total += (await stat(join(folder, path))).size;
  return total;
}
