import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { functionFlags, parseIdentity } from '../common/function-flags.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { writeAtOnce } from '../common/write-at-once.ts';
import { policySourceFlags, variableFlags } from '../embed/configuration-flags.ts';
import { printVariables, writeEnvFile } from '../embed/report-variables.ts';
import { configureForLayer, makeLayer } from './make-layer.ts';

export const layerCommand = defineCommand({
  meta: {
    name: 'layer',
    description: 'Write a Lambda layer with the Defender, and the variables of a function that uses it.',
  },
  args: {
    ...functionFlags,
    function: {
      ...functionFlags.function,
      description: 'A function to print the variables for. Without one, only the layer is written.',
      required: false,
    },
    runtime: {
      type: 'string',
      description: "Lambda's identifier of the function's runtime, such as python3.13.",
      valueHint: 'ID',
    },
    ...policySourceFlags,
    output: {
      type: 'string',
      alias: 'o',
      description: 'Where the layer goes, a zip.',
      valueHint: 'OUT',
      required: true,
    },
    ...variableFlags,
    json: { type: 'boolean', description: 'Print the result as JSON.' },
  },
  async run({ args }) {
    const { arch, output, runtime, region } = args;
    const configured = args.function === undefined ? undefined : await configure(args.function);
    await writeAtOnce(output, await makeLayer(arch));
    if (args.json) return printLine(JSON.stringify({ output, arch, ...configured }, undefined, 2));
    printNote(`${output} is a layer for functions on ${arch}.`);
    if (!configured) return;
    if (args['env-file']) await writeEnvFile(args['env-file'], configured.environment);
    printVariables(configured.function, configured.environment, args.print);

    async function configure(name: string) {
      if (!runtime || !region)
        throw new CliError(
          'usage',
          `--${runtime ? 'region' : 'runtime'} is missing: it belongs to --function.`,
        );
      const identity = parseIdentity({
        cloud: args.cloud,
        account: args.account,
        region,
        name,
        runtime,
        arch,
      });
      return { function: identity, environment: await configureForLayer(args, identity) };
    }
  },
});
