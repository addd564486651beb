import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CliError } from '../common/cli-error.ts';

type Architecture = 'x86_64' | 'arm64';

/** The init's binary for an architecture, as `npm run build` made it. */
export const readInit = (arch: Architecture): Promise<Buffer> => readBuilt(arch, 'ringfence-init');

/** The guard library for an architecture, as `npm run build` made it. */
export const readGuard = (arch: Architecture): Promise<Buffer> => readBuilt(arch, 'guard.so');

async function readBuilt(arch: Architecture, name: string): Promise<Buffer> {
  const path = fileURLToPath(new URL(`../../../../defender/init/build/${arch}/${name}`, import.meta.url));
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new CliError(
      'environment',
      `The Defender for ${arch} is not built: ${path} is missing.`,
      'Run "npm run build" first.',
    );
  });
}
