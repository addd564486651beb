import { CliError } from '../common/cli-error.ts';

const name = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads `K=V`. Throws a usage error that says where it came from. */
export function parseVariable(text: string, where: string): [string, string] {
  const equals = text.indexOf('=');
  const key = text.slice(0, equals);
  if (equals < 1 || !name.test(key))
    throw new CliError('usage', `${where}: expected NAME=VALUE, NAME of letters, digits and _.`);
  if (text.includes('\0')) throw new CliError('usage', `${where}: ${key} holds a NUL byte.`);
  return [key, text.slice(equals + 1)];
}

/** Reads lines of `K=V`, as `ringfence embed --env-file` writes them; empty lines and lines that begin with # are skipped. */
export function parseEnvFile(text: string, path: string): Record<string, string> {
  const lines = text.split(/\r?\n/);
  return Object.fromEntries(
    lines.flatMap((line, index) =>
      line.trim() === '' || line.startsWith('#') ? [] : [parseVariable(line, `${path}, line ${index + 1}`)],
    ),
  );
}
