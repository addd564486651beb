import { stripVTControlCharacters } from 'node:util';
import { runCommand } from 'citty';
import { readDeclaration } from './command/any-command.ts';
import { checkArguments } from './command/check-arguments.ts';
import { findCommand } from './command/find-command.ts';
import { renderHelp } from './command/render-help.ts';
import { CliError } from './common/cli-error.ts';
import { exitCodes } from './common/exit-codes.ts';
import { readVersion } from './common/read-version.ts';
import { paint, printLine, printNote } from './common/terminal.ts';
import { rootCommand } from './root-command.ts';

try {
  await runCommandLine(process.argv.slice(2));
} catch (error) {
  reportError(error);
}

async function runCommandLine(line: string[]): Promise<void> {
  if (line.length === 1 && (line[0] === '--version' || line[0] === '-v')) return printLine(readVersion());
  const { command, words, rest } = await findCommand(rootCommand, line);
  const end = rest.indexOf('--');
  const flags = end < 0 ? rest : rest.slice(0, end);
  if (line.length === 0 || flags.includes('--help') || flags.includes('-h'))
    return printLine(await renderHelp(command, words));
  const declaration = await readDeclaration(command);
  checkArguments(declaration, rest);
  const names = Object.keys(declaration.subCommands);
  if (names.length > 0)
    throw new CliError('usage', `"ringfence ${words.join(' ')}" needs a command: ${names.join(', ')}.`);
  await runCommand(command, { rawArgs: rest });
}

/** A person's error is shown as its message; only a bug of ours shows where it happened. */
function reportError(error: unknown): void {
  const known = error instanceof CliError;
  const message = error instanceof Error ? error.message : String(error);
  const prefix = paint('red', 'ringfence:', process.stderr);
  printNote(`${prefix} ${known ? '' : 'this is a bug in Ringfence: '}${stripVTControlCharacters(message)}`);
  if (known && error.hint) printNote(stripVTControlCharacters(error.hint));
  if (process.env.RINGFENCE_DEBUG && error instanceof Error) printNote(error.stack ?? '');
  process.exitCode = known ? error.exitCode : exitCodes.internal.code;
}
