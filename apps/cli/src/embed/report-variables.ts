import { writeFile } from 'node:fs/promises';
import type { FunctionIdentity } from '@ringfence/policy';
import { withPath } from '../common/system-error.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { type PrintFormat, renderVariables } from './render-variables.ts';

/** Writes the variables to a file that only its owner reads: with a Console, one holds the function's token. */
export async function writeEnvFile(path: string, variables: Record<string, string>): Promise<void> {
  const lines = Object.entries(variables).map(([key, value]) => `${key}=${value}\n`);
  await withPath('environment', path, () => writeFile(path, lines.join(''), { mode: 0o600 }));
}

/** Tells a person to set the variables, and prints them for a tool. */
export function printVariables(
  identity: FunctionIdentity,
  variables: Record<string, string>,
  format: PrintFormat | undefined,
): void {
  printNote(`Upload it, and set ${Object.keys(variables).join(' and ')}:`);
  printLine(renderVariables(identity, variables, format));
}
