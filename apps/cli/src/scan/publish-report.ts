import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Report } from '@ringfence/findings';
import type { FunctionIdentity } from '@ringfence/policy';
import { z } from 'zod';
import { type ConsoleAccess, callConsole, findConsole } from '../common/call-console.ts';
import { CliError } from '../common/cli-error.ts';
import { functionFlags, parseIdentity } from '../common/function-flags.ts';
import { printNote } from '../common/terminal.ts';
import { consoleFlag } from '../policy/console-flag.ts';

/** Where a report goes, shared by the commands that find something. */
export const publishFlags = {
  publish: {
    type: 'boolean',
    description: 'Send the report to the Console, as the newest about --function in --region.',
  },
  function: { ...functionFlags.function, required: false },
  region: functionFlags.region,
  account: functionFlags.account,
  cloud: functionFlags.cloud,
  console: consoleFlag,
} as const;

/** The same of commands that look at a project, which the Console keeps under its own name. */
export const publishProjectFlags = {
  publish: {
    type: 'boolean',
    description: 'Send the report to the Console, as the newest about the project.',
  },
  name: {
    type: 'string',
    description: "The project's name in the Console. Default: that of its folder.",
    valueHint: 'NAME',
  },
  region: {
    type: 'string',
    description: 'The region that it is deployed to.',
    valueHint: 'REGION',
    default: 'all',
  },
  account: functionFlags.account,
  cloud: functionFlags.cloud,
  console: consoleFlag,
} as const;

type PublishArguments = Partial<
  Record<'function' | 'region' | 'account' | 'cloud' | 'console', string | undefined>
> & {
  publish?: boolean | undefined;
};

export interface PublishPlan {
  access: ConsoleAccess;
  function: Pick<FunctionIdentity, 'cloud' | 'account' | 'region' | 'name'>;
}

const Published = z.object({ found: z.int(), returned: z.int(), fixed: z.int() });

/** What the flags ask for; undefined without `--publish`. Throws a usage error for what is missing, before anything is scanned. */
export function planPublishing(args: PublishArguments): PublishPlan | undefined {
  if (!args.publish) return undefined;
  for (const flag of ['function', 'region'] as const)
    if (args[flag] === undefined)
      throw new CliError('usage', `--publish needs --${flag}: the Console keeps reports by function.`);
  return planFor(args, args.function);
}

/** The same for a project, by its folder or a template in it. */
export function planProjectPublishing(
  args: PublishArguments & { name?: string | undefined },
  path: string,
): PublishPlan | undefined {
  if (!args.publish) return undefined;
  const folder = statSync(path, { throwIfNoEntry: false })?.isFile() ? dirname(path) : path;
  const name = args.name ?? basename(resolve(folder)).replaceAll(/[^A-Za-z0-9._-]/g, '-');
  return planFor(args, name);
}

function planFor(
  { cloud, account, region, console: address }: PublishArguments,
  name: string | undefined,
): PublishPlan {
  const identity = parseIdentity({ name, cloud, account, region, runtime: 'unknown', arch: 'x86_64' });
  const { runtime: _, arch: __, ...named } = identity;
  return { access: findConsole(address), function: named };
}

/** Sends the report to the Console, and says what it changes there. */
export async function publishReport(plan: PublishPlan, report: Report): Promise<void> {
  const { body } = await callConsole(plan.access, 'POST', '/api/reports', {
    body: { function: plan.function, report },
  });
  const result = Published.safeParse(body);
  if (!result.success)
    throw new CliError(
      'environment',
      `${plan.access.url.origin} does not answer like a Console of this version: ${z.prettifyError(result.error)}`,
    );
  const { found, returned, fixed } = result.data;
  printNote(
    `Published: ${found + returned} new, ${fixed} fixed. ${new URL(`/findings?function=${encodeURIComponent(plan.function.name)}`, plan.access.url)}`,
  );
}
