import { chmod, cp, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../common/cli-error.ts';
import { checkReserved } from './check-reserved.ts';
import { listFolder } from './list-folder.ts';
import { configurationMode, guardMode, initMode, type Protection, packagePaths } from './package-paths.ts';

/** The time of the files that embed adds: the first that a zip can hold, so that zipping the folder gives the same bytes. */
const fixedTime = new Date(1980, 0, 1);

/** Copies the folder `input` to `output`, which must not exist, with modes, times and symlinks kept, and protects the copy. */
export async function protectFolder(input: string, output: string, protection: Protection): Promise<void> {
  const paths = await listFolder(input);
  const at = (path: string) => join(output, path);
  const { folder, init, guard, configuration, bootstrap, originalBootstrap } = packagePaths;
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

  await rm(at(folder), { recursive: true, force: true });
  if (paths.has(originalBootstrap)) await rename(at(originalBootstrap), at(bootstrap));
  await mkdir(at(folder), { mode: 0o755 });
  await put(at(init), initMode, protection.init);
  await put(at(guard), guardMode, protection.guard);
  await put(at(configuration), configurationMode, protection.configuration);
  if (protection.customRuntime) {
    if (!paths.has(bootstrap) || paths.get(bootstrap) === 'directory')
      throw new CliError(
        'usage',
        'A function with its own runtime needs a file named bootstrap in the root of its package.',
      );
    await rename(at(bootstrap), at(originalBootstrap));
    await put(at(bootstrap), initMode, protection.init);
  }
  await utimes(at(folder), fixedTime, fixedTime);
}

async function put(path: string, mode: number, data: Buffer): Promise<void> {
  await writeFile(path, data, { flag: 'wx' });
  await chmod(path, mode);
  await utimes(path, fixedTime, fixedTime);
}
