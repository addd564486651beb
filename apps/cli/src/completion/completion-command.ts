import { defineCommand } from 'citty';
import { listCommands } from '../command/list-commands.ts';
import { printLine } from '../common/terminal.ts';
import { rootCommand } from '../root-command.ts';
import { type CommandCompletion, listCompletions } from './list-completions.ts';
import { renderBash } from './render-bash.ts';
import { renderFish } from './render-fish.ts';
import { renderZsh } from './render-zsh.ts';

export const completionCommand = defineCommand({
  meta: { name: 'completion', description: 'Print the completion script for a shell.' },
  subCommands: {
    bash: completionFor('bash', renderBash),
    zsh: completionFor('zsh', renderZsh),
    fish: completionFor('fish', renderFish),
  },
});

function completionFor(shell: string, render: (commands: CommandCompletion[]) => string) {
  return defineCommand({
    meta: { name: shell, description: `Print the completion script for ${shell}.` },
    args: { json: { type: 'boolean', description: 'Print what can be completed as JSON instead.' } },
    async run({ args }) {
      const commands = listCompletions(await listCommands(rootCommand));
      printLine(args.json ? JSON.stringify(commands, undefined, 2) : render(commands));
    },
  });
}
