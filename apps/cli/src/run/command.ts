import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { parseNumber, readEvent, readRepeated, readVariables } from './parse-run-arguments.ts';
import { describeOutcome, renderAudit, renderReport, summariseAudits } from './render-outcome.ts';
import { runFunction } from './run-function.ts';
import type { RunOptions } from './run-options.ts';
import { likenesses } from './sandbox-places.ts';

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
    runtime: {
      type: 'string',
      description:
        "Lambda's identifier of its runtime, such as python3.13. Recognised from the package when left out.",
      valueHint: 'ID',
    },
    handler: {
      type: 'string',
      description:
        'What to call. Default: index.handler (Node), lambda_function.lambda_handler (Python, Ruby).',
      valueHint: 'HANDLER',
    },
    memory: { type: 'string', description: 'Memory in MB, 128 to 10240.', valueHint: 'MB', default: '128' },
    timeout: { type: 'string', description: 'Seconds, 1 to 900.', valueHint: 'SECONDS', default: '3' },
    'env-file': {
      type: 'string',
      description: 'Variables as NAME=VALUE lines, such as embed writes.',
      valueHint: 'FILE',
    },
    env: {
      type: 'string',
      description: 'A variable; may be given several times.',
      valueHint: 'NAME=VALUE…',
    },
    layer: {
      type: 'string',
      description: 'A layer, a zip or a folder; may be given several times, later ones on top.',
      valueHint: 'FILE…',
    },
    like: {
      type: 'enum',
      description: 'Whose sandbox to imitate; lambda refuses the system calls that Lambda refuses.',
      options: [...likenesses],
      default: 'container',
    },
    user: {
      type: 'string',
      description: 'User and group id to run as (as root). Default: 993.',
      valueHint: 'ID',
    },
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
        runtime: args.runtime,
        handler: args.handler,
        memoryMb: parseNumber('--memory', args.memory, 128, 10_240),
        timeoutSeconds: parseNumber('--timeout', args.timeout, 1, 900),
        user: parseNumber('--user', args.user, 0, 65_534),
        snapStart: args['snap-start'],
        keep: args.keep,
      }),
      environment: await readVariables(args['env-file'], rawArgs),
      layers: readRepeated('--layer', rawArgs),
      like: args.like,
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

/** Does `work`; Ctrl-C and a polite kill abort it, and everything it started is cleaned up before this resolves (with undefined). */
async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    printNote('Stopped.');
    process.exitCode = exitCodes.interrupted.code;
    return undefined;
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
  }
}

/** The entries of an object that have a value. */
function pickGiven<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
