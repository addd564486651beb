import { CliError } from '../../common/cli-error.ts';

/**
 * The path inside the package that an entry's name stands for, without `./`, doubled and trailing slashes.
 * Throws a usage error for a name that would leave the package or that unpackers read in different ways.
 */
export function normalisePath(name: string): string {
  const refuse = (why: string) => new CliError('usage', `Entry ${JSON.stringify(name)} ${why}.`);
  if (name.includes('\0')) throw refuse('has a NUL byte in its name');
  if (name.includes('\\')) throw refuse('has a backslash in its name: zip it again with forward slashes');
  if (name.startsWith('/')) throw refuse('has an absolute path');
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw refuse('leaves the package through ".."');
  if (parts.length === 0 && !name.endsWith('/')) throw refuse('has no name');
  return parts.join('/');
}
