import { fails } from '@ringfence/findings';
import { suppressFindings } from '@ringfence/findings/suppress';
import { findPosture, roleTemplate } from '@ringfence/posture';
import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { outputFlags } from '../scan/output-flags.ts';
import { planProjectPublishing, publishProjectFlags, publishReport } from '../scan/publish-report.ts';
import { readSuppressOptions, suppressFlags } from '../scan/suppress-flags.ts';
import { planOutputs, writeOutputs } from '../scan/write-outputs.ts';
import { parameterFlags, readAccountOrTell, readPostureOrTell } from './read-posture.ts';
import { readUses, useFlags } from './read-uses.ts';
import { graphFlags, planGraph } from './write-graph.ts';
import { patchFlags, writePatches } from './write-patches.ts';
import { planPolicies, policiesFlags } from './write-policies.ts';

export const postureCommand = defineCommand({
  meta: {
    name: 'posture',
    description: 'Find over-broad permissions, open endpoints and bad settings in templates.',
  },
  args: {
    template: {
      type: 'positional',
      description:
        "A template of CloudFormation or SAM, a folder of Terraform, or a project's folder (cdk.out in it included); left out with --account. `role` prints the role that --account needs.",
      required: false,
    },
    ...parameterFlags,
    ...graphFlags,
    ...patchFlags,
    ...policiesFlags,
    ...useFlags,
    ...outputFlags,
    ...suppressFlags,
    ...publishProjectFlags,
    account: {
      type: 'boolean',
      description: 'Read the live account that the credentials are for, instead of a template.',
    },
    code: {
      type: 'boolean',
      description:
        "With --account: download the functions' code, and compare their permissions with what it does. With `role`: the role that may.",
    },
    region: {
      type: 'string',
      description: 'A region of the account (or AWS_REGION). May be given several times.',
      valueHint: 'REGION…',
    },
  },
  async run({ args, rawArgs }) {
    if (args.template === 'role') {
      process.stdout.write(roleTemplate({ code: args.code === true }));
      return;
    }
    const plan = planOutputs(readRepeated('output', rawArgs, 'o'), args);
    const options = await readSuppressOptions(args);
    const writeGraph = planGraph(args.graph);
    const writePolicies = planPolicies(args.policies);
    const uses = await readUses(args, rawArgs);
    const { name, posture, account } = await read(args, rawArgs);
    const publishing = planProjectPublishing(
      {
        ...args,
        region: args.region ?? publishProjectFlags.region.default,
        account: account ?? publishProjectFlags.account.default,
      },
      name,
    );
    const report = suppressFindings(await findPosture(name, posture, uses), options);
    await writeOutputs(report, plan, args['fail-on']);
    await writeGraph?.(report);
    await writePatches(args.patch, report, posture);
    await writePolicies?.(posture, uses);
    if (publishing) await publishReport(publishing, report);
    if (fails(report, args['fail-on'])) process.exitCode = exitCodes.finding.code;
  },
});

/** What the command line names, what it is called, and its account where that is known. */
async function read(
  {
    template,
    account,
    code,
  }: { template?: string | undefined; account?: boolean | undefined; code?: boolean | undefined },
  rawArgs: string[],
) {
  if (account) {
    const { account: number, ...posture } = await readAccountOrTell(rawArgs, code === true);
    return { name: number, posture, account: number };
  }
  if (code)
    throw new CliError('usage', "--code goes with --account; a template's code is read where it lies.");
  if (template === undefined)
    throw new CliError('usage', 'Name a template or a folder, or read an account with --account.');
  return { name: template, posture: await readPostureOrTell(template, rawArgs) };
}
