import { fails } from '@ringfence/findings';
import { suppressFindings } from '@ringfence/findings/suppress';
import { findPosture } from '@ringfence/posture';
import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { outputFlags } from '../scan/output-flags.ts';
import { planProjectPublishing, publishProjectFlags, publishReport } from '../scan/publish-report.ts';
import { readSuppressOptions, suppressFlags } from '../scan/suppress-flags.ts';
import { planOutputs, writeOutputs } from '../scan/write-outputs.ts';
import { parameterFlags, readPostureOrTell } from './read-posture.ts';
import { graphFlags, planGraph } from './write-graph.ts';
import { patchFlags, writePatches } from './write-patches.ts';

export const postureCommand = defineCommand({
  meta: {
    name: 'posture',
    description: 'Find over-broad permissions, open endpoints and bad settings in templates.',
  },
  args: {
    template: {
      type: 'positional',
      description:
        "A template of CloudFormation or SAM, a folder of Terraform, or a project's folder (cdk.out in it included).",
      required: true,
    },
    ...parameterFlags,
    ...graphFlags,
    ...patchFlags,
    ...outputFlags,
    ...suppressFlags,
    ...publishProjectFlags,
  },
  async run({ args, rawArgs }) {
    const plan = planOutputs(readRepeated('output', rawArgs, 'o'), args);
    const options = await readSuppressOptions(args);
    const publishing = planProjectPublishing(args, args.template);
    const writeGraph = planGraph(args.graph);
    const posture = await readPostureOrTell(args.template, rawArgs);
    const report = suppressFindings(await findPosture(args.template, posture), options);
    await writeOutputs(report, plan, args['fail-on']);
    await writeGraph?.(report);
    await writePatches(args.patch, report);
    if (publishing) await publishReport(publishing, report);
    if (fails(report, args['fail-on'])) process.exitCode = exitCodes.finding.code;
  },
});
