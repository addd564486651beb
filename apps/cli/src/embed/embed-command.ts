import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { functionFlags } from '../common/function-flags.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { policySourceFlags, variableFlags } from './configuration-flags.ts';
import { embed } from './embed.ts';
import { imageFlags, protectImage } from './image/protect-image.ts';
import { printVariables, writeEnvFile } from './report-variables.ts';

export const embedCommand = defineCommand({
  meta: {
    name: 'embed',
    description: 'Protect a function: write its package again, with the Defender inside.',
  },
  args: {
    package: {
      type: 'positional',
      description: "The function's package, a zip or a folder.",
      required: false,
    },
    ...functionFlags,
    region: { ...functionFlags.region, required: true },
    runtime: {
      type: 'string',
      description:
        "Lambda's identifier of its runtime, such as python3.13. Recognised from the package when left out.",
      valueHint: 'ID',
    },
    ...policySourceFlags,
    output: {
      type: 'string',
      alias: 'o',
      description: 'Where the protected package goes.',
      valueHint: 'OUT',
      required: true,
    },
    ...variableFlags,
    ...imageFlags,
    json: { type: 'boolean', description: 'Print the result as JSON.' },
  },
  async run({ args }) {
    const { cloud, account, region, arch, runtime, console, policy, key, output } = args;
    const identity = { cloud, account, region, name: args.function, arch, runtime };
    const source = { console, policy, key };
    if (args['image-dir'] !== undefined) {
      if (args.package)
        throw new CliError('usage', '--image-dir takes the place of PACKAGE: name one of them.');
      return protectImage({ ...args, input: args['image-dir'], identity, source });
    }
    if (!args.package)
      throw new CliError('usage', "PACKAGE is missing: the function's package, a zip or a folder.");
    const result = await embed({ input: args.package, output, identity, ...source });
    const envFile = args['env-file'];
    if (envFile) await writeEnvFile(envFile, result.environment);
    for (const warning of result.warnings) printNote(`Warning: ${warning}`);
    if (args.json) return printLine(JSON.stringify(result, undefined, 2));
    printNote(
      `${result.output} is protected: ${result.function.name}, ${result.function.runtime}, ${result.function.arch}.`,
    );
    printVariables(result.function, result.environment, args.print);
  },
});
