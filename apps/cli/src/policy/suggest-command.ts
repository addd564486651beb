import { defineCommand } from 'citty';
import { z } from 'zod';
import { type ConsoleAccess, callConsole, findConsole } from '../common/call-console.ts';
import { CliError } from '../common/cli-error.ts';
import { functionFlags } from '../common/function-flags.ts';
import { printLine } from '../common/terminal.ts';
import { consoleFlag, jsonFlag } from './console-flag.ts';

const ModelList = z.object({
  items: z.array(
    z.object({
      functionId: z.string(),
      function: z.object({ name: z.string(), region: z.string(), account: z.string(), cloud: z.string() }),
    }),
  ),
});
const SuggestionText = z.looseObject({ yaml: z.string() });

export const suggestCommand = defineCommand({
  meta: {
    name: 'suggest',
    description: 'Print the tightest rule that would have allowed what a function has learned.',
  },
  args: {
    function: functionFlags.function,
    region: { ...functionFlags.region, description: 'Its region, where several functions have this name.' },
    account: {
      type: 'string',
      description: 'Its account, where several functions have this name.',
      valueHint: 'ID',
    },
    console: consoleFlag,
    json: jsonFlag,
  },
  async run({ args }) {
    const access = findConsole(args.console);
    const id = await findFunction(access, args.function, args.region, args.account);
    const { body } = await callConsole(access, 'GET', `/api/models/${id}/suggestion`);
    const { yaml, ...suggestion } = SuggestionText.parse(body);
    printLine(args.json ? JSON.stringify(suggestion, undefined, 2) : yaml.trimEnd());
  },
});

/** The id of the one function that is meant. Throws a usage error that names those that could be. */
async function findFunction(
  access: ConsoleAccess,
  name: string,
  region: string | undefined,
  account: string | undefined,
): Promise<string> {
  const { items } = ModelList.parse((await callConsole(access, 'GET', '/api/models')).body);
  const found = items.filter(
    ({ function: each }) =>
      each.name === name &&
      (region === undefined || each.region === region) &&
      (account === undefined || each.account === account),
  );
  const [first, ...others] = found;
  if (first === undefined)
    throw new CliError(
      'usage',
      `No function ${name} has learned anything at ${access.url.origin}.`,
      'Give a section of its rule the effect learn, and invoke it (docs/learning.md).',
    );
  if (others.length > 0)
    throw new CliError(
      'usage',
      `Several functions have the name ${name}: ${found
        .map(({ function: each }) => `--region ${each.region} --account ${each.account}`)
        .join('; ')}.`,
      'Name the one with --region and --account.',
    );
  return first.functionId;
}
