import { fails } from '@ringfence/findings';
import { suppressFindings } from '@ringfence/findings/suppress';
import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { databaseFlag, databasePath } from '../db/database-path.ts';
import { outputFlags } from './output-flags.ts';
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
    digests: {
      type: 'string',
      description:
        'Packages by the digest of their file, for jars and scripts that say nothing of themselves: lines of a SHA-1 or SHA-256 and a package URL.',
      valueHint: 'FILE',
    },
    handler: {
      type: 'string',
      description:
        "The handler as the function's settings name it, as src/index.handler: what it imports is reached. Left out: found by name.",
      valueHint: 'file.function',
    },
    ...outputFlags,
    ...suppressFlags,
    ...publishFlags,
  },
  async run({ args, rawArgs }) {
    const plan = planOutputs(readRepeated('output', rawArgs, 'o'), args);
    const options = await readSuppressOptions(args);
    const publishing = planPublishing(args);
    const found = await scanPackage(
      args.package,
      args['skip-advisories'] ? undefined : databasePath(args.db),
      args.digests,
      args.handler,
    );
    const report = suppressFindings(found, options);
    await writeOutputs(report, plan, args['fail-on']);
    if (publishing) await publishReport(publishing, report);
    if (fails(report, args['fail-on'])) process.exitCode = exitCodes.finding.code;
  },
});
