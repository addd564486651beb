import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CliError } from '../../common/cli-error.ts';
import { withPath } from '../../common/system-error.ts';

/** What a container starts: the words of both together, as in a Dockerfile. */
export interface ImageEntry {
  entrypoint: string[];
  cmd: string[];
}

const Words = z
  .array(z.string())
  .nullish()
  .transform((words) => words ?? []);
const Settings = z.object({ Entrypoint: Words, Cmd: Words });
/** The configuration of an image (OCI, `docker inspect`) or of a bundle that is unpacked for `runc`. */
const Configuration = z.union([
  z.object({ config: Settings, architecture: z.string().optional() }),
  z.object({ Config: Settings, Architecture: z.string().optional() }),
  z.object({ process: z.object({ args: Words }) }),
]);

/** Reads the entry from an image's configuration. Throws a usage error when it is none, or says another processor. */
export async function readImageConfiguration(path: string, arch: 'x86_64' | 'arm64'): Promise<ImageEntry> {
  const text = await withPath('usage', path, () => readFile(path, 'utf8'));
  const json = parseJson(text);
  // `docker inspect` answers a list, as it takes many names.
  const parsed = Configuration.safeParse(Array.isArray(json) && json.length === 1 ? json[0] : json);
  if (!parsed.success)
    throw new CliError(
      'usage',
      `${path} is not the configuration of an image.`,
      'docker inspect IMAGE gives one, and so does config.json of an unpacked OCI bundle.',
    );
  const { data } = parsed;
  if ('process' in data) return { entrypoint: data.process.args, cmd: [] };
  const [{ Entrypoint, Cmd }, architecture] =
    'config' in data ? [data.config, data.architecture] : [data.Config, data.Architecture];
  const wanted = { x86_64: 'amd64', arm64: 'arm64' }[arch];
  if (architecture !== undefined && architecture !== wanted)
    throw new CliError('usage', `${path} is of an image for ${architecture}, and --arch says ${arch}.`);
  return { entrypoint: Entrypoint, cmd: Cmd };
}

/** Reads the words of `--entrypoint` or `--cmd`: a JSON array, as a Dockerfile has it. */
export function parseWords(flag: string, text: string): string[] {
  const words = z.array(z.string().min(1)).safeParse(parseJson(text));
  if (words.success) return words.data;
  throw new CliError(
    'usage',
    `${flag} ${text}: expected a JSON array of words, such as ["node", "server.js"].`,
  );
}

/** The value, or undefined for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
