import { FAIL_ON, fails } from '@ringfence/findings';
import { OUTPUT_FORMATS } from '@ringfence/findings/outputs';
import { suppressFindings } from '@ringfence/findings/suppress';
import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { databaseFlag, databasePath } from '../db/database-path.ts';
import { planPublishing, publishFlags, publishReport } from './publish-report.ts';
import { scanPackage } from './scan-package.ts';
import { readSuppressOptions, suppressFlags } from './suppress-flags.ts';
import { planOutputs, writeOutputs } from './write-outputs.ts';

export const scanCommand = defineCommand({
  meta: {
    name: 'scan',
    description: "Find what is inside a function's package, and what is wrong with it.",
  },
  args: {
    package: { type: 'positional', description: 'A zip, a layer or a folder.', required: true },
    db: databaseFlag,
    'skip-advisories': {
      type: 'boolean',
      description: 'Do without the database: known vulnerabilities are not looked for.',
    },
    format: {
      type: 'enum',
      description: 'How the report is printed, or written to an --output that does not say. Default: table.',
      options: [...OUTPUT_FORMATS],
    },
    output: {
      type: 'string',
      alias: 'o',
      description:
        'Also write the report to a file, in the format that its name ends in or that is given as FORMAT=FILE. May be given several times.',
      valueHint: 'FILE…',
    },
    'fail-on': {
      type: 'enum',
      description: 'The lowest severity that makes the exit code 1.',
      options: [...FAIL_ON],
      default: 'low',
    },
    ...suppressFlags,
    ...publishFlags,
    json: { type: 'boolean', description: 'Print the report as JSON.' },
  },
  async run({ args, rawArgs }) {
    const plan = planOutputs(readRepeated('output', rawArgs, 'o'), args);
    const options = await readSuppressOptions(args);
    const publishing = planPublishing(args);
    const found = await scanPackage(
      args.package,
      args['skip-advisories'] ? undefined : databasePath(args.db),
    );
    const report = suppressFindings(found, options);
    await writeOutputs(report, plan, args['fail-on']);
    if (publishing) await publishReport(publishing, report);
    if (fails(report, args['fail-on'])) process.exitCode = exitCodes.finding.code;
  },
});
