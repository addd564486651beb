import { exitCodes } from '../common/exit-codes.ts';
import { paint } from '../common/terminal.ts';
import { type AnyCommand, readDeclaration } from './any-command.ts';
import {
  describeFlag,
  describePurpose,
  describeUsage,
  flagsOf,
  positionalsOf,
} from './describe-arguments.ts';
import { examplesOf } from './examples.ts';

type Row = [string, string?];

/** The help page of a command: what it declares, examples, exit codes. */
export async function renderHelp(command: AnyCommand, words: readonly string[]): Promise<string> {
  const declaration = await readDeclaration(command);
  const subCommands = await Promise.all(
    Object.entries(declaration.subCommands).map(
      async ([name, load]): Promise<Row> => [name, (await readDeclaration(await load())).description],
    ),
  );
  const line = ['ringfence', ...words].join(' ');
  const flags = flagsOf(declaration).map((flag): Row => [describeFlag(flag), describePurpose(flag[1])]);
  const sections = [
    section(
      'ARGUMENTS',
      positionalsOf(declaration).map(([name, argument]) => [name.toUpperCase(), describePurpose(argument)]),
    ),
    section('COMMANDS', subCommands),
    section('OPTIONS', [...flags, ['--help, -h', 'Show this page.']]),
    section(
      'EXAMPLES',
      examplesOf(words).flatMap(({ purpose, line }): Row[] => [[paint('dim', `# ${purpose}`)], [line]]),
    ),
    section(
      'EXIT CODES',
      Object.values(exitCodes).map(({ code, meaning }) => [String(code).padStart(3), meaning]),
    ),
  ];
  return [
    declaration.description,
    '',
    `${paint('bold', 'USAGE')}  ${line} ${describeUsage(declaration)}`.trimEnd(),
    ...sections.filter((lines) => lines.length > 0).flatMap((lines) => ['', ...lines]),
    ...(subCommands.length > 0 ? ['', `"${line} COMMAND --help" tells more about a command.`] : []),
  ].join('\n');
}

/** A heading and rows in two columns; a row of one column stands alone. Empty without rows. */
function section(heading: string, rows: Row[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([first, second]) => (second === undefined ? 0 : first.length)));
  return [
    paint('bold', heading),
    ...rows.map(
      ([first, second]) => `  ${second === undefined ? first : `${first.padEnd(width)}  ${second}`}`,
    ),
  ];
}
