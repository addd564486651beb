import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Posture, PostureError, readAccountPosture, readPosture } from '@ringfence/posture';
import { CliError } from '../common/cli-error.ts';
import { startProgress } from '../common/progress.ts';
import { readRepeated } from '../common/read-repeated.ts';

export const parameterFlags = {
  parameter: {
    type: 'string' as const,
    description: "A value of one of the template's parameters. May be given several times.",
    valueHint: 'NAME=VALUE…',
  },
};

/** `NAME=VALUE`, several times. */
function readParameters(given: string[]): Record<string, string> {
  const entries = given.map((text): [string, string] => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new CliError('usage', `--parameter ${text} is no NAME=VALUE.`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  return Object.fromEntries(entries);
}

/** Reads the templates at `path` with the parameters of the command line. Rejects with a usage error for what can't be read. */
export async function readPostureOrTell(path: string, rawArgs: string[]): Promise<Posture> {
  const parameters = readParameters(readRepeated('parameter', rawArgs));
  return readPosture(path, { parameters }).catch(tell);
}

function tell(error: unknown): never {
  if (error instanceof PostureError) throw new CliError('usage', error.message);
  throw error;
}

/** A folder for code, which goes with the process however that ends. */
function makeCodeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-code-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  return folder;
}

/** Reads the live account that the credentials are for, in the regions of the command line. Rejects with a usage error for what can't be read. */
export async function readAccountOrTell(
  rawArgs: string[],
  withCode: boolean,
): Promise<Posture & { account: string }> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const [first, ...others] = readRepeated('region', rawArgs);
  const region = first ?? AWS_REGION ?? AWS_DEFAULT_REGION;
  if (!region) throw new CliError('usage', 'Name the regions to read with --region, or set AWS_REGION.');
  const progress = startProgress();
  const onCall = (calls: number) => progress.show('asking the account', calls);
  const codeFolder = withCode ? makeCodeFolder() : undefined;
  return readAccountPosture([region, ...others], { onCall, ...(codeFolder && { codeFolder }) })
    .catch(tell)
    .finally(() => progress.end());
}
