import { mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';
import { listFolder } from './list-folder.ts';
import { type Protection, packagePaths } from './package-paths.ts';
import { protectFolder } from './protect-folder.ts';

/** Writes the protected folder at once or not at all; only a folder that embed made is replaced. Sizes in bytes. */
export async function embedFolder(
  input: string,
  output: string,
  protect: (paths: Iterable<string>) => Promise<Protection>,
): Promise<{ unzipped: number }> {
  await checkPlaces(input, output);
  const paths = await withPath('usage', input, () => listFolder(input));
  const hasOriginal = paths.has(packagePaths.originalBootstrap);
  const protection = await protect(hasOriginal ? [packagePaths.bootstrap] : paths.keys());
  return withPath('environment', output, async () => {
    const temporary = await mkdtemp(join(dirname(output), `.${basename(output)}-`));
    try {
      await protectFolder(input, join(temporary, 'new'), protection);
      if (await exists(output)) await rename(output, join(temporary, 'old'));
      await rename(join(temporary, 'new'), output);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return { unzipped: await measureFolder(output) };
  });
}

async function checkPlaces(input: string, output: string): Promise<void> {
  if (/\.zip$/i.test(output))
    throw new CliError('usage', `${input} is a folder, so --output must be one too, not ${output}.`);
  const from = await realpath(input);
  const parent = await withPath('usage', dirname(output), () => realpath(dirname(output)));
  const isInside = (inner: string, outer: string) => !/^\.\.($|\/)/.test(relative(outer, inner));
  const to = join(parent, basename(output));
  if (isInside(to, from) || isInside(from, to))
    throw new CliError('usage', `--output ${output} and ${input} must not lie inside each other.`);
  if (!(await exists(output))) return;
  const present = await withPath('usage', output, () => readdir(output));
  if (present.length > 0 && !(await exists(join(output, packagePaths.init))))
    throw new CliError(
      'usage',
      `${output} exists, and embed did not make it.`,
      'Name another --output, or remove it.',
    );
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function measureFolder(folder: string): Promise<number> {
  let total = 0;
  for (const [path, kind] of await listFolder(folder))
    if (kind === 'file') total += (await stat(join(folder, path))).size;
  return total;
}
