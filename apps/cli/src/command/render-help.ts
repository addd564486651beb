import { stripVTControlCharacters } from 'node:util';
import { renderUsage } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { hasColour, paint } from '../common/terminal.ts';
import type { AnyCommand } from './any-command.ts';
import { examplesOf } from './examples.ts';

/** The help page of a command: what it declares, examples, exit codes. */
export async function renderHelp(command: AnyCommand, words: readonly string[]): Promise<string> {
  const parent = { meta: { name: ['ringfence', ...words.slice(0, -1)].join(' ') } };
  const usage = await renderUsage(command, words.length > 0 ? parent : undefined);
  const examples = examplesOf(words).flatMap(({ purpose, line }) => [
    `  ${paint('dim', `# ${purpose}`)}`,
    `  ${line}`,
  ]);
  const codes = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  const page = [
    usage.trimEnd(),
    '',
    paint('bold', 'EXAMPLES'),
    '',
    ...examples,
    '',
    paint('bold', 'EXIT CODES'),
    '',
    ...codes,
  ].join('\n');
  return hasColour(process.stdout) ? page : stripVTControlCharacters(page);
}
