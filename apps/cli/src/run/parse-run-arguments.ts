import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { CliError } from '../common/cli-error.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { withPath } from '../common/system-error.ts';
import { parseEnvFile, parseVariable } from './read-env-file.ts';
import { payloadLimits } from './runtime-api-types.ts';

/** Reads a whole number of a flag within its bounds. Throws a usage error that names the flag. */
export function parseNumber(flag: string, text: string | undefined, min: number, max: number) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new CliError('usage', `${flag} ${text}: expected a whole number from ${min} to ${max}.`);
}

/** Reads an event: a file, `-` for stdin, or nothing for `{}`. Throws a usage error when it is no JSON or too large. */
export async function readEvent(source: string | undefined): Promise<Buffer> {
  if (source === undefined) return Buffer.from('{}');
  const where = source === '-' ? 'The event on stdin' : source;
  const event = await withPath('usage', where, () =>
    source === '-' ? buffer(process.stdin) : readFile(source),
  );
  if (event.length > payloadLimits.event)
    throw new CliError(
      'usage',
      `${where} has ${event.length} bytes, and Lambda takes ${payloadLimits.event}.`,
    );
  try {
    JSON.parse(event.toString('utf8'));
  } catch (error) {
    throw new CliError('usage', `${where} is not JSON: ${(error as Error).message}.`);
  }
  return event;
}

/** The function's variables: those of the file, then those of `--env`, each of which may come several times. */
export async function readVariables(
  envFile: string | undefined,
  rawArgs: string[],
): Promise<Record<string, string>> {
  const fromFile = envFile
    ? parseEnvFile(await withPath('usage', envFile, () => readFile(envFile, 'utf8')), envFile)
    : {};
  const given = readRepeated('env', rawArgs);
  return { ...fromFile, ...Object.fromEntries(given.map((text) => parseVariable(text, '--env'))) };
}
