import { mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';
import { packagePaths } from './package-paths.ts';

/**
 * Has `make` write a protected copy of the folder `input`, and gives it the name `output` at once or not at all. Only a folder
 * that embed made is replaced. Throws a usage error when the two lie inside each other.
 */
export async function writeFolder(
  input: string,
  output: string,
  make: (target: string) => Promise<void>,
): Promise<void> {
  await checkPlaces(input, output);
  await withPath('environment', output, async () => {
    const temporary = await mkdtemp(join(dirname(output), `.${basename(output)}-`));
    try {
      await make(join(temporary, 'new'));
      if (await exists(output)) await rename(output, join(temporary, 'old'));
      await rename(join(temporary, 'new'), output);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
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
