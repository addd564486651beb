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
    layer: () => import('./layer/layer-command.ts').then((module) => module.layerCommand),
    sam: () => import('./sam/sam-command.ts').then((module) => module.samCommand),
    run: () => import('./run/command.ts').then((module) => module.runCommand),
    learn: () => import('./learn/learn-command.ts').then((module) => module.learnCommand),
    check: () => import('./check/check-command.ts').then((module) => module.checkCommand),
    posture: () => import('./posture/posture-command.ts').then((module) => module.postureCommand),
    scan: () => import('./scan/scan-command.ts').then((module) => module.scanCommand),
    db: () => import('./db/db-command.ts').then((module) => module.dbCommand),
    policy: () => import('./policy/policy-command.ts').then((module) => module.policyCommand),
    console: () => import('./console/console-command.ts').then((module) => module.consoleCommand),
    completion: () => import('./completion/completion-command.ts').then((module) => module.completionCommand),
  },
});
