import { defineCommand } from 'citty';
import { applyCommand } from './apply-command.ts';
import { explainCommand } from './explain-command.ts';
import { getCommand } from './get-command.ts';
import { lintCommand } from './lint-command.ts';
import { shapesCommand } from './shapes-command.ts';
import { suggestCommand } from './suggest-command.ts';

export const policyCommand = defineCommand({
  meta: { name: 'policy', description: 'Work with the policy as YAML.' },
  subCommands: {
    apply: applyCommand,
    get: getCommand,
    lint: lintCommand,
    explain: explainCommand,
    shapes: shapesCommand,
    suggest: suggestCommand,
  },
});
