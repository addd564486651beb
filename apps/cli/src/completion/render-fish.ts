import type { CommandCompletion } from './list-completions.ts';

/** The script for fish's folder of completions. */
export function renderFish(commands: CommandCompletion[]): string {
  const lines = commands.flatMap((command) => {
    const at = `complete -c ringfence -n ${quoteFish(`__ringfence_at ${[command.subCommands.length > 0 ? 'exactly' : 'below', ...command.words].join(' ')}`)}`;
    return [
      ...command.subCommands.map(
        ({ name, description }) => `${at} -f -a ${name} -d ${quoteFish(description)}`,
      ),
      ...command.flags.map(({ flag, description, value }) => {
        const name = flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
        const takes =
          value === undefined
            ? ''
            : value === 'file'
              ? ' -r -F'
              : value === 'text'
                ? ' -x'
                : ` -x -a '${value.join(' ')}'`;
        return `${at} ${name}${takes} -d ${quoteFish(description)}`;
      }),
    ];
  });
  return `# fish completion of ringfence; save it as ~/.config/fish/completions/ringfence.fish
function __ringfence_at
    set -l typed (commandline -opc)
    set -l wanted $argv[2..-1]
    set -l given $typed[2..-1]
    test "$argv[1]" = below; and set given $given[1..(count $wanted)]
    test "$given" = "$wanted"
end
${lines.join('\n')}`;
}

/** A word for fish, where a backslash inside single quotes escapes only a quote or a backslash. */
const quoteFish = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
