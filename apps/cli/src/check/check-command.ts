import { fails } from '@ringfence/findings';
import { suppressFindings } from '@ringfence/findings/suppress';
import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { printNote } from '../common/terminal.ts';
import { writeAtOnce } from '../common/write-at-once.ts';
import { databaseFlag, databasePath } from '../db/database-path.ts';
import { parameterFlags, readPostureOrTell } from '../posture/read-posture.ts';
import { graphFlags, planGraph } from '../posture/write-graph.ts';
import { patchFlags, writePatches } from '../posture/write-patches.ts';
import { outputFlags } from '../scan/output-flags.ts';
import { planProjectPublishing, publishProjectFlags, publishReport } from '../scan/publish-report.ts';
import { readSuppressOptions, suppressFlags } from '../scan/suppress-flags.ts';
import { planOutputs, writeOutputs } from '../scan/write-outputs.ts';
import { checkProject } from './check-project.ts';

export const checkCommand = defineCommand({
  meta: {
    name: 'check',
    description: 'Scan a project, look at its posture, and suggest the policy that its functions need.',
  },
  args: {
    project: {
      type: 'positional',
      description: "The project's folder, with its template and its code.",
      required: true,
    },
    policy: {
      type: 'string',
      description:
        'Where the suggested policy goes: a runtime and a WAAS rule for each function, by what its code does.',
      valueHint: 'FILE',
    },
    db: databaseFlag,
    'skip-advisories': {
      type: 'boolean',
      description: 'Do without the database: known vulnerabilities are not looked for.',
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
    const publishing = planProjectPublishing(args, args.project);
    const writeGraph = planGraph(args.graph);
    const posture = await readPostureOrTell(args.project, rawArgs);
    const database = args['skip-advisories'] ? undefined : databasePath(args.db);
    const report = suppressFindings(await checkProject(args.project, posture, database), options);
    await writeOutputs(report, plan, args['fail-on']);
    await writeGraph?.(report);
    await writePatches(args.patch, report, posture);
    if (args.policy && report.policy !== undefined) await writeAtOnce(args.policy, report.policy);
    else if (report.policy !== undefined)
      printNote('A policy is suggested for the functions; --policy FILE writes it.');
    if (publishing) await publishReport(publishing, report);
    if (fails(report, args['fail-on'])) process.exitCode = exitCodes.finding.code;
  },
});
