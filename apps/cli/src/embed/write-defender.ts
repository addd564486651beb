import { chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationMode, type Defender, guardMode, initMode, packagePaths } from './package-paths.ts';

/** The time of the files that embed adds: the first that a zip can hold, so that zipping the folder gives the same bytes. */
const fixedTime = new Date(1980, 0, 1);

/** Puts the Defender into a package or an image, in place of one that is there. */
export async function writeDefender(root: string, defender: Defender): Promise<void> {
  const folder = join(root, packagePaths.folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o755 });
  await putFile(join(root, packagePaths.init), initMode, defender.init);
  await putFile(join(root, packagePaths.guard), guardMode, defender.guard);
  await putFile(join(root, packagePaths.configuration), configurationMode, defender.configuration);
  await utimes(folder, fixedTime, fixedTime);
}

/** Writes a new file whose time does not tell when. */
export async function putFile(path: string, mode: number, data: Buffer): Promise<void> {
  await writeFile(path, data, { flag: 'wx' });
  await chmod(path, mode);
  await utimes(path, fixedTime, fixedTime);
}
