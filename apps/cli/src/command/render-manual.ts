import { exitCodes } from '../common/exit-codes.ts';
import {
  describeFlag,
  describePurpose,
  describeUsage,
  flagsOf,
  positionalsOf,
} from './describe-arguments.ts';
import { examplesOf } from './examples.ts';
import type { ListedCommand } from './list-commands.ts';

const variables = [
  ['RINGFENCE_CONSOLE', 'Address of the Console, where `--console` is left out.'],
  [
    'RINGFENCE_TOKEN',
    'API token for the Console. It has no flag, since command lines can be read by others.',
  ],
  ['DATABASE_URL', 'PostgreSQL server of `ringfence console`, where `--database-url` is left out.'],
  ['RINGFENCE_DB', 'The advisory database, where `--db` is left out.'],
  ['RINGFENCE_OSV', "Where OSV's archives of advisories are, where `--osv` is left out."],
  ['XDG_CACHE_HOME', 'Where `ringfence/advisories.db` lies; `~/.cache` when it is not set.'],
  ['XDG_CONFIG_HOME', 'Where `ringfence/signing-key.pem` lies; `~/.config` when it is not set.'],
  ['XDG_DATA_HOME', 'Where `ringfence console` keeps its data; `~/.local/share` when it is not set.'],
  ['NO_COLOR', 'Any value: no colours.'],
  ['RINGFENCE_DEBUG', 'Any value: show where an error happened.'],
] as const;

/** docs/cli.md, made from what the commands declare. */
export function renderManual(commands: ListedCommand[]): string {
  return `# The command \`ringfence\`

This page is made from the commands' own declarations; \`npx vitest run apps/cli/src/main.test.ts -u\` writes it again.
Results go to stdout, everything else to stderr. In the project's folder the command is \`npx -- ringfence\`; without the two dashes, Node 20 takes a
\`--env-file\` for its own.

${commands.map(renderCommand).join('\n')}
## Exit codes

| code | meaning |
| --- | --- |
${Object.values(exitCodes)
  .map(({ code, meaning }) => `| ${code} | ${meaning} |`)
  .join('\n')}

## Environment variables

| variable | meaning |
| --- | --- |
${variables.map(([name, meaning]) => `| \`${name}\` | ${meaning} |`).join('\n')}
`;
}

function renderCommand({ words, declaration }: ListedCommand): string {
  const line = ['ringfence', ...words].join(' ');
  const escapeBars = (text: string) => text.replaceAll('|', '\\|');
  const rows = [
    ...positionalsOf(declaration).map(([name, argument]) => [name.toUpperCase(), describePurpose(argument)]),
    ...flagsOf(declaration).map((flag) => [describeFlag(flag), describePurpose(flag[1])]),
  ].map(([first = '', second = '']) => `| \`${escapeBars(first)}\` | ${escapeBars(second)} |`);
  const examples = examplesOf(words).flatMap((example) => [`# ${example.purpose}`, example.line]);
  return [
    `## ${line}`,
    '',
    declaration.description,
    '',
    `\`${line} ${describeUsage(declaration)}\``.replace(' `', '`'),
    '',
    ...(rows.length > 0 ? ['| argument | meaning |', '| --- | --- |', ...rows, ''] : []),
    '```sh',
    ...examples,
    '```',
    '',
  ].join('\n');
}
