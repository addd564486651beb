import { formatSuggestion } from '@ringfence/learn';
import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { functionFlags } from '../common/function-flags.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { withInterrupt } from '../common/with-interrupt.ts';
import { writeAtOnce } from '../common/write-at-once.ts';
import { readRunOptions, runFlags } from '../run/run-flags.ts';
import type { RunInvocation } from '../run/run-options.ts';
import { learnFunction } from './learn-function.ts';
import { readEvents } from './read-events.ts';

const hostArch = process.arch === 'arm64' ? 'arm64' : 'x86_64';

export const learnCommand = defineCommand({
  meta: {
    name: 'learn',
    description: 'Run a function on events, and write the tightest policy that allows what it used.',
  },
  args: {
    package: {
      type: 'positional',
      description: "The function's package, a zip or a folder.",
      required: true,
    },
    events: {
      type: 'string',
      description: 'A folder of events, one JSON file each; the function is invoked with each, by name.',
      valueHint: 'DIR',
      required: true,
    },
    output: {
      type: 'string',
      alias: 'o',
      description: 'Where the policy goes. Default: stdout.',
      valueHint: 'FILE',
    },
    ...functionFlags,
    region: { ...functionFlags.region, default: 'us-east-1' },
    arch: { ...functionFlags.arch, default: hostArch },
    ...runFlags,
    json: { type: 'boolean', description: 'Print collection, rule and evidence as JSON.' },
  },
  async run({ args, rawArgs }) {
    const { cloud, account, region, arch, function: name } = args;
    const events = await readEvents(args.events);
    const options = await readRunOptions(args, rawArgs);
    const learned = await withInterrupt((signal) =>
      learnFunction({
        ...options,
        package: args.package,
        identity: { cloud, account, region, arch, name, runtime: args.runtime },
        functionName: name,
        region,
        account,
        events,
        signal,
      }),
    );
    if (!learned) return;
    const { suggestion, outcome, warnings } = learned;
    const troubles = outcome.audits.flatMap(({ type, message }) => (type === 'defender' ? [message] : []));
    for (const warning of [...warnings, ...troubles]) printNote(`Warning: ${warning}`);
    reportFailures(outcome.invocations);
    const yaml = formatSuggestion(suggestion);
    if (args.output) {
      await writeAtOnce(args.output, yaml);
      printNote(`Learned from ${events.length} events: ${args.output}.`);
    }
    if (args.json) printLine(JSON.stringify(suggestion, undefined, 2));
    else if (!args.output) printLine(yaml.trimEnd());
  },
});

/** What a function does after it failed is hardly what it was written for. */
function reportFailures(invocations: RunInvocation[]): void {
  const failed = invocations.filter(({ status }) => status === 'error');
  if (failed.length === 0) return;
  process.exitCode = exitCodes.finding.code;
  printNote(
    `Warning: ${failed.length} of ${invocations.length} events failed (${failed[0]?.errorType ?? 'no type'}), so the policy may allow too little.`,
  );
}
