import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeDefenderConfiguration, type FunctionIdentity } from '@ringfence/policy';
import { CliError } from '../../common/cli-error.ts';
import { withPath } from '../../common/system-error.ts';
import { checkReserved } from '../check-reserved.ts';
import { listFolder } from '../list-folder.ts';
import { makeConfiguration, type PolicySource } from '../make-configuration.ts';
import { packagePaths } from '../package-paths.ts';
import { readGuard, readInit } from '../read-init.ts';
import { writeDefender } from '../write-defender.ts';
import { writeFolder } from '../write-folder.ts';
import type { ImageEntry } from './read-entry.ts';

export interface ImageRequest {
  /** Folder of the unpacked image. */
  input: string;
  output: string;
  identity: FunctionIdentity;
  source: PolicySource;
  /** What the image starts now. */
  entry: ImageEntry;
}

export interface ImageResult extends ImageEntry {
  output: string;
  function: FunctionIdentity;
  /** The lines that do the same at the end of a Dockerfile. */
  dockerfile: string;
}

const imageInit = `/${packagePaths.init}`;

/**
 * Writes a copy of an unpacked image with the Defender inside, and answers the entry that starts it. Owners, modes, links and devices
 * stay. Throws `CliError` for whatever is wrong with the image, the policy or the Console.
 */
export async function embedImage(request: ImageRequest): Promise<ImageResult> {
  const { input, output, identity, source } = request;
  const entry = guardEntry(request.entry);
  await checkImage(input);
  const [init, guard] = await Promise.all([readInit(identity.arch), readGuard(identity.arch)]);
  const configuration = Buffer.from(encodeDefenderConfiguration(await makeConfiguration(source, identity)));
  await writeFolder(input, output, async (target) => {
    await copyImage(input, target);
    await writeDefender(target, { init, guard, configuration });
  });
  return { output, function: identity, ...entry, dockerfile: renderDockerfile(output, entry) };
}

/** The entry behind the init; one that an earlier embed made stays as it is. */
function guardEntry({ entrypoint, cmd }: ImageEntry): ImageEntry {
  if (entrypoint.length + cmd.length === 0)
    throw new CliError(
      'usage',
      'What does the image start? Neither an entry point nor a command is known.',
      `Give --image-config FILE (docker inspect IMAGE > FILE), or --entrypoint '["node", "server.js"]'.`,
    );
  return { entrypoint: entrypoint[0] === imageInit ? entrypoint : [imageInit, ...entrypoint], cmd };
}

async function checkImage(input: string): Promise<void> {
  if (!(await withPath('usage', input, () => stat(input))).isDirectory())
    throw new CliError('usage', `${input} is no folder: --image-dir takes an unpacked image.`);
  const { folder } = packagePaths;
  const own = (await readdir(input, { withFileTypes: true })).find(({ name }) => name === folder);
  if (!own) return;
  const below = own.isDirectory() ? [...(await listFolder(join(input, folder)))] : [];
  const paths = below.map(([path, kind]) => [`${folder}/${path}`, kind] as const);
  checkReserved(new Map([[folder, own.isDirectory() ? 'directory' : 'file'], ...paths]), () => false);
}

/** `cp`, since Node's own copy keeps neither owners nor devices. */
async function copyImage(input: string, target: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', '--reflink=auto', '--', input, target]).catch((error) => {
    const [first] = String(error.stderr || error.message).split('\n');
    throw new CliError(
      'environment',
      `${input} cannot be copied: ${first}.`,
      'An image has files that only root may read.',
    );
  });
}

/** A Dockerfile's ENTRYPOINT forgets the image's CMD, so both are named. */
function renderDockerfile(output: string, { entrypoint, cmd }: ImageEntry): string {
  const lines = [
    `COPY ${output.replace(/\/+$/, '')}/${packagePaths.folder}/ /${packagePaths.folder}/`,
    `ENTRYPOINT ${JSON.stringify(entrypoint)}`,
  ];
  return [...lines, ...(cmd.length > 0 ? [`CMD ${JSON.stringify(cmd)}`] : [])].join('\n');
}
