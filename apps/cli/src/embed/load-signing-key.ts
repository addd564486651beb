import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  exportSigningKeyPem,
  generateSigningKey,
  importSigningKeyPem,
  type SigningKey,
} from '@ringfence/policy';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';

/** The key at `path`; without one, the person's own key, which is made at first use and readable only by its owner. */
export async function loadSigningKey(path?: string): Promise<SigningKey> {
  if (path !== undefined)
    return parse(path, await withPath('usage', `--key ${path}`, () => readFile(path, 'utf8')));
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'ringfence');
  const own = join(folder, 'signing-key.pem');
  return withPath('environment', own, async () =>
    parse(own, await readFile(own, 'utf8').catch(() => makeKey(own))),
  );
}

function parse(path: string, pem: string): SigningKey {
  try {
    return importSigningKeyPem(pem);
  } catch (error) {
    throw new CliError('usage', `${path}: ${(error as Error).message}.`);
  }
}

/** Two commands at once must end up with the same key: the first to link its file wins. */
async function makeKey(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, exportSigningKeyPem(generateSigningKey()), { flag: 'wx', mode: 0o600 });
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path, 'utf8');
}
