import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CliError } from '../common/cli-error.ts';

/** The init's binary for an architecture, as `npm run build` made it. */
export async function readInit(arch: 'x86_64' | 'arm64'): Promise<Buffer> {
  const path = fileURLToPath(
    new URL(`../../../../defender/init/build/${arch}/ringfence-init`, import.meta.url),
  );
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new CliError(
      'environment',
      `The init for ${arch} is not built: ${path} is missing.`,
      'Run "npm run build" first.',
    );
  });
}
