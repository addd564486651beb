import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Report } from '@ringfence/findings';
import { type IgnoreEntry, parseIgnoreFile, type SuppressOptions } from '@ringfence/findings/suppress';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';

const standardFile = '.ringfence-ignore.yaml';

/** What does not count, shared by the commands that find something. */
export const suppressFlags = {
  'ignore-file': {
    type: 'string',
    description: `What does not count, and why, in YAML. Default: ${standardFile} in the current folder, where there is one.`,
    valueHint: 'FILE',
  },
  'ignore-unfixed': {
    type: 'boolean',
    description: 'Leave out vulnerabilities for which no fixed version is known.',
  },
  baseline: {
    type: 'string',
    description: 'An earlier report in JSON: only what is not in it counts.',
    valueHint: 'FILE',
  },
} as const;

interface SuppressArguments {
  'ignore-file'?: string | undefined;
  'ignore-unfixed'?: boolean | undefined;
  baseline?: string | undefined;
}

/** Reads the files that the flags name. Throws a usage error with all their faults. */
export async function readSuppressOptions(args: SuppressArguments): Promise<SuppressOptions> {
  return {
    ignore: await readIgnoreFile(args['ignore-file']),
    baseline: args.baseline === undefined ? undefined : await readBaseline(args.baseline),
    ignoreUnfixed: args['ignore-unfixed'] === true,
    today: new Date().toISOString().slice(0, 10),
  };
}

async function readIgnoreFile(flag: string | undefined): Promise<IgnoreEntry[]> {
  if (flag === undefined && !existsSync(standardFile)) return [];
  const path = flag ?? standardFile;
  const parsed = parseIgnoreFile(await withPath('usage', path, () => readFile(path, 'utf8')), path);
  if (parsed.ok) return parsed.entries;
  throw new CliError('usage', parsed.errors.join('\n'));
}

async function readBaseline(path: string): Promise<Report> {
  const text = await withPath('usage', path, () => readFile(path, 'utf8'));
  try {
    return Report.parse(JSON.parse(text));
  } catch {
    throw new CliError(
      'usage',
      `${path} is no report of Ringfence in JSON.`,
      'Make one with: ringfence scan PACKAGE -o json=FILE',
    );
  }
}
