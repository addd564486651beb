import { fails } from '@ringfence/findings';
import { suppressFindings } from '@ringfence/findings/suppress';
import { findPosture, PostureError } from '@ringfence/posture';
import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { outputFlags } from '../scan/output-flags.ts';
import { readSuppressOptions, suppressFlags } from '../scan/suppress-flags.ts';
import { planOutputs, writeOutputs } from '../scan/write-outputs.ts';

/** `NAME=VALUE`, several times. */
function readParameters(given: string[]): Record<string, string> {
  const entries = given.map((text): [string, string] => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new CliError('usage', `--parameter ${text} is no NAME=VALUE.`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  return Object.fromEntries(entries);
}

export const postureCommand = defineCommand({
  meta: {
    name: 'posture',
    description: 'Find over-broad permissions, open endpoints and bad settings in templates.',
  },
  args: {
    template: {
      type: 'positional',
      description: "A template of CloudFormation or SAM, or a project's folder (cdk.out in it included).",
      required: true,
    },
    parameter: {
      type: 'string',
      description: "A value of one of the template's parameters. May be given several times.",
      valueHint: 'NAME=VALUE…',
    },
    ...outputFlags,
    ...suppressFlags,
  },
  async run({ args, rawArgs }) {
    const plan = planOutputs(readRepeated('output', rawArgs, 'o'), args);
    const options = await readSuppressOptions(args);
    const parameters = readParameters(readRepeated('parameter', rawArgs));
    const report = suppressFindings(await findOrTell(args.template, parameters), options);
    await writeOutputs(report, plan, args['fail-on']);
    if (fails(report, args['fail-on'])) process.exitCode = exitCodes.finding.code;
  },
});

async function findOrTell(path: string, parameters: Record<string, string>) {
  try {
    return await findPosture(path, { parameters });
  } catch (error) {
    if (error instanceof PostureError) throw new CliError('usage', error.message);
    throw error;
  }
}
