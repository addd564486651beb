import { cp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../common/cli-error.ts';
import { checkReserved } from './check-reserved.ts';
import { listFolder } from './list-folder.ts';
import { initMode, type Protection, packagePaths } from './package-paths.ts';
import { putFile, writeDefender } from './write-defender.ts';

/** Copies the folder `input` to `output`, which must not exist, with modes, times and symlinks kept, and protects the copy. */
export async function protectFolder(input: string, output: string, protection: Protection): Promise<void> {
  const paths = await listFolder(input);
  const at = (path: string) => join(output, path);
  const { init, bootstrap, originalBootstrap } = packagePaths;
  await cp(input, output, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    errorOnExist: true,
  });

  const contents = new Map<string, Buffer>();
  for (const path of [bootstrap, init])
    if (paths.get(path) === 'file') contents.set(path, await readFile(join(input, path)));
  checkReserved(
    paths,
    (one, other) => contents.get(one)?.equals(contents.get(other) ?? Buffer.of()) ?? false,
  );

  if (paths.has(originalBootstrap)) await rename(at(originalBootstrap), at(bootstrap));
  await writeDefender(output, protection);
  if (protection.customRuntime) {
    if (!paths.has(bootstrap) || paths.get(bootstrap) === 'directory')
      throw new CliError(
        'usage',
        'A function with its own runtime needs a file named bootstrap in the root of its package.',
      );
    await rename(at(bootstrap), at(originalBootstrap));
    await putFile(at(bootstrap), initMode, protection.init);
  }
}
