import { defineCommand } from 'citty';
import { readVersion } from './common/read-version.ts';

/** The command `ringfence`. What a command needs is loaded when that command is used, so that others start fast. */
export const rootCommand = defineCommand({
  meta: {
    name: 'ringfence',
    version: readVersion(),
    description: 'Ringfence keeps serverless functions doing only what they were written to do.',
  },
  subCommands: {
    embed: () => import('./embed/embed-command.ts').then((module) => module.embedCommand),
    policy: () => import('./policy/policy-command.ts').then((module) => module.policyCommand),
    completion: () => import('./completion/completion-command.ts').then((module) => module.completionCommand),
  },
});
