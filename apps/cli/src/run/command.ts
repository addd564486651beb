import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { pickGiven } from '../common/pick-given.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { withInterrupt } from '../common/with-interrupt.ts';
import { parseNumber, readEvent } from './parse-run-arguments.ts';
import { describeOutcome, renderAudit, renderReport, summariseAudits } from './render-outcome.ts';
import { readRunOptions, runFlags } from './run-flags.ts';
import { runFunction } from './run-function.ts';
import type { RunOptions } from './run-options.ts';

export const runCommand = defineCommand({
  meta: {
    name: 'run',
    description: 'Run a function on this machine as Lambda would, protected or not.',
  },
  args: {
    package: {
      type: 'positional',
      description: "The function's package, a zip or a folder.",
      required: true,
    },
    event: {
      type: 'string',
      description: 'The event, JSON; - reads stdin. {} when left out.',
      valueHint: 'FILE|-',
    },
    repeat: {
      type: 'string',
      description: 'How often to invoke the function.',
      valueHint: 'N',
      default: '1',
    },
    function: { type: 'string', description: "The function's name.", valueHint: 'NAME' },
    region: { type: 'string', description: 'The region that it believes to run in.', valueHint: 'REGION' },
    account: { type: 'string', description: 'The account that it believes to run in.', valueHint: 'ID' },
    ...runFlags,
    unprotected: { type: 'boolean', description: 'Run a protected package without its Defender.' },
    'snap-start': { type: 'boolean', description: 'Offer the calls of SnapStart to the runtime.' },
    keep: { type: 'boolean', description: 'Keep the unpacked package, and say where it is.' },
    quiet: { type: 'boolean', description: 'Print the result alone: no logs, no report.' },
    json: { type: 'boolean', description: 'Print all that happened as one JSON object.' },
  },
  async run({ args, rawArgs }) {
    const repeat = parseNumber('--repeat', args.repeat, 1, 100_000) ?? 1;
    const event = await readEvent(args.event);
    const talks = !args.quiet && !args.json;
    const options: RunOptions = {
      package: args.package,
      ...pickGiven({
        functionName: args.function,
        region: args.region,
        account: args.account,
        snapStart: args['snap-start'],
        keep: args.keep,
      }),
      ...(await readRunOptions(args, rawArgs)),
      protect: !args.unprotected,
      ...(talks
        ? { onLog: ({ text }) => printNote(text), onAudit: (audit) => printNote(renderAudit(audit)) }
        : {}),
    };
    const outcome = await withInterrupt((signal) =>
      runFunction({ ...options, events: Array.from({ length: repeat }, () => event), signal }),
    );
    if (!outcome) return;
    const { invocations, audits, plan, packageFolder } = outcome;
    if (invocations.some(({ status }) => status === 'error')) process.exitCode = exitCodes.finding.code;
    if (args.json) return printLine(JSON.stringify(describeOutcome(outcome), undefined, 2));
    for (const invocation of talks ? invocations : []) printNote(renderReport(invocation, plan.memoryMb));
    if (talks && audits.length > 0) printNote(`Audits: ${summariseAudits(audits)}.`);
    if (packageFolder) printNote(`The package lies at ${packageFolder}.`);
    // Byte for byte what the function answered.
    for (const { payload } of invocations) process.stdout.write(Buffer.concat([payload, Buffer.from('\n')]));
  },
});
