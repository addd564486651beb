import { writeFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { functionFlags } from '../common/function-flags.ts';
import { withPath } from '../common/system-error.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { embed } from './embed.ts';
import { printFormats, renderVariables } from './render-variables.ts';

export const embedCommand = defineCommand({
  meta: {
    name: 'embed',
    description: 'Protect a function: write its package again, with the Defender inside.',
  },
  args: {
    package: {
      type: 'positional',
      description: "The function's package, a zip or a folder.",
      required: true,
    },
    ...functionFlags,
    region: { ...functionFlags.region, required: true },
    runtime: {
      type: 'string',
      description:
        "Lambda's identifier of its runtime, such as python3.13. Recognised from the package when left out.",
      valueHint: 'ID',
    },
    console: {
      type: 'string',
      description: 'The Console that it reports to (or RINGFENCE_CONSOLE), with RINGFENCE_TOKEN.',
      valueHint: 'URL',
    },
    policy: {
      type: 'string',
      description: 'A policy in YAML, signed here, for a function without a Console.',
      valueHint: 'FILE',
    },
    key: {
      type: 'string',
      description: 'The key that signs --policy, PEM. Default: one of your own, made at first use.',
      valueHint: 'FILE',
    },
    output: {
      type: 'string',
      alias: 'o',
      description: 'Where the protected package goes.',
      valueHint: 'OUT',
      required: true,
    },
    'env-file': {
      type: 'string',
      description: 'Also write the variables to a file, as KEY=VALUE lines.',
      valueHint: 'FILE',
    },
    print: { type: 'enum', description: 'Print the variables for a tool.', options: [...printFormats] },
    json: { type: 'boolean', description: 'Print the result as JSON.' },
  },
  async run({ args }) {
    const result = await embed({
      input: args.package,
      output: args.output,
      identity: {
        cloud: args.cloud,
        account: args.account,
        region: args.region,
        name: args.function,
        arch: args.arch,
        runtime: args.runtime,
      },
      console: args.console,
      policy: args.policy,
      key: args.key,
    });
    const envFile = args['env-file'];
    if (envFile) {
      const lines = Object.entries(result.environment).map(([key, value]) => `${key}=${value}\n`);
      await withPath('environment', envFile, () => writeFile(envFile, lines.join(''), { mode: 0o600 }));
    }
    for (const warning of result.warnings) printNote(`Warning: ${warning}`);
    if (args.json) return printLine(JSON.stringify(result, undefined, 2));
    printNote(
      `${result.output} is protected: ${result.function.name}, ${result.function.runtime}, ${result.function.arch}.`,
    );
    printNote(`Upload it, and set ${Object.keys(result.environment).join(' and ')}:`);
    printLine(renderVariables(result.function, result.environment, args.print));
  },
});
