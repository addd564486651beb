import { EFFECTS } from '@ringfence/policy/schema';
import { z } from 'zod';

/** Text of at most this many characters. */
export const text = (limit: number) => z.string().max(limit, `must be at most ${limit} characters long`);
const count = z.int().min(0);
const path = text(4000);
const milliseconds = count.describe('Unix milliseconds.');

/** Who called what; each is absent where the init does not know it, as for a lookup. */
const call = {
  pid: count
    .describe('The process that asked; absent where identical audits of several are counted together.')
    .optional(),
  caller: path.describe("Path of the caller's binary.").optional(),
  call: text(64).describe('The system call.').optional(),
  abi: text(16).describe('The call table: x86_64, i386, x32, arm64 or arm.').optional(),
  reason: text(2000).describe('Why, in words.'),
};

/** What a process did or tried. Unknown keys are kept. */
export const ProcessDetail = z
  .looseObject({
    path: path.describe('The binary after resolving, or empty.'),
    requested: path.describe('The path as it was asked for.').optional(),
    argv: z
      .array(path)
      .max(256)
      .describe('The first arguments, cut; absent where no program was to be started.')
      .optional(),
    script: path.describe('The interpreter of a script.').optional(),
    ...call,
  })
  .describe('Detail of a process audit.');

/** A connection, a lookup, a port to listen on or a socket. Unknown keys are kept. */
export const NetworkDetail = z
  .looseObject({
    direction: z
      .enum(['outbound', 'listen', 'lookup', 'socket'])
      .describe('A connection or datagram to somewhere, a port to listen on, a name looked up, or a socket.'),
    protocol: text(32).describe('tcp, udp, unix, netlink, packet …'),
    address: text(256).describe('The IP address, or the address of a Unix socket.').optional(),
    port: z.int().min(0).max(65_535).describe('The port.').optional(),
    domain: text(256)
      .describe('The name that was looked up, or that the address was resolved from.')
      .optional(),
    ...call,
  })
  .describe('Detail of a network audit.');

/** An access to a file. Unknown keys are kept. */
export const FileDetail = z
  .looseObject({
    path: path.describe('The file after resolving, or empty.'),
    requested: path.describe('The path as it was asked for.').optional(),
    access: z.enum(['read', 'write', 'execute']).describe('What was asked for.'),
    ...call,
  })
  .describe('Detail of a file audit.');

export const MODEL_KINDS = [
  'process',
  'domain',
  'address',
  'listen',
  'unix',
  'lookup',
  'read',
  'write',
  'execute',
] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

export const ModelEntry = z
  .looseObject({
    kind: z.enum(MODEL_KINDS).describe('What was used.'),
    value: path.describe(
      'The path, name or address that was used. A path that ends in /* stands for the files of a folder, in /** for all below it.',
    ),
    port: z.int().min(0).max(65_535).describe('The port, for what has one.').optional(),
    arguments: z
      .array(path)
      .max(64)
      .describe('The arguments of a process behind its name; ** as the last one: any further ones.')
      .optional(),
    count: count.describe('How often it was used.'),
    first: milliseconds,
    last: milliseconds,
  })
  .describe('One thing that was used while learning.');
export type ModelEntry = z.infer<typeof ModelEntry>;

/** What was used while learning; a model that does not fit one line comes in several. Unknown keys are kept. */
export const ModelDetail = z
  .looseObject({
    entries: z.array(ModelEntry).max(256).describe('What was used.'),
    invocations: count.describe('The invocations since the line before.'),
    since: milliseconds.describe('When learning began, in Unix milliseconds.'),
    task: path.describe("The folder of the function's package, where ${task} stands for it.").optional(),
    runtime: path.describe('The folder that ${runtime} stands for.').optional(),
  })
  .describe('Detail of a model.');
export type ModelDetail = z.infer<typeof ModelDetail>;

/** What the WAAS engine found in one field of an event. Unknown keys are kept. */
export const WaasVerdict = z
  .looseObject({
    class: text(32).describe('The protection: sqli, xss, cmdi …'),
    effect: text(16).describe('What the rule says about it: alert, prevent or ban.'),
    confidence: z.int().min(0).max(100).describe('Per cent.'),
    reason: text(500).describe('Completes "the text …".'),
    path: text(1000).describe('The field, such as body.user.name.'),
    decoding: z
      .array(text(32))
      .max(64)
      .describe('How the judged form was got out of the field, outermost first.'),
    evidence: z
      .looseObject({
        start: count,
        end: count,
        text: text(1000).describe('What shows the attack, cut; secrets are replaced by ***.'),
      })
      .describe('Where in the judged form, in bytes.'),
  })
  .describe('What was found in one field of an event.');

/** One event, judged. Unknown keys are kept. */
export const WaasDetail = z
  .looseObject({
    requestId: text(256).describe('The invocation that the event was for.'),
    decision: z
      .enum(['pass', 'answer', 'error', 'replace'])
      .describe(
        'pass: the function got the event. answer, error: it did not, and the Defender answered. replace: it got the event without the refused records.',
      ),
    trigger: text(32).describe(
      'What brought the event: http-api, sqs, direct … unknown where it could not be judged.',
    ),
    address: text(1000).describe("The client's address, where the event tells it.").optional(),
    identity: text(2000).describe('Who the platform says the client is.').optional(),
    verdicts: z.array(WaasVerdict).max(64).describe('What was found.'),
    leftOut: count.describe('Verdicts there was no room for.'),
    incomplete: z.boolean().describe('Something of the event was not judged.'),
  })
  .describe('Detail of a WAAS audit.');
export type WaasDetail = z.infer<typeof WaasDetail>;

/** What the init found it can enforce. Unknown keys are kept. */
export const CoverageDetail = z
  .looseObject({
    tier: z
      .enum(['T0', 'T1', 'T2', 'none'])
      .describe(
        'T0: seccomp, notification and Landlock. T1: without Landlock. T2: the guard library, without seccomp. none: nothing is guarded.',
      ),
    kernel: text(256).describe('The release of the kernel.'),
    filter: z.boolean().describe('A seccomp filter can be installed.'),
    notify: z.boolean().describe('Seccomp user notification works.'),
    verify: z.boolean().describe('Each start is verified by ptrace before it runs.'),
    landlock: count.describe('The ABI version of Landlock, or 0.'),
    policy: count.describe('The revision of the policy in force.'),
    source: text(32).describe('Where the policy came from: package, environment or console.'),
    init: text(64).describe('The version of the init.'),
    sections: z
      .record(text(64), text(32))
      .describe(
        `What holds for process, network, files and secrets: ${EFFECTS.join(', ')}, or unguarded where it cannot be enforced.`,
      ),
    tiers: z
      .record(text(64), text(32))
      .optional()
      .describe('The tier of each section that is held; network may be at T2 where the rest is at T0 or T1.'),
    missing: z.array(text(500)).max(64).describe('What is missing, in words.'),
  })
  .describe('Detail of a coverage audit.');

/** Free, flat values. */
export const OtherDetail = z
  .record(text(128), z.union([text(4000), z.number(), z.boolean(), z.null()]))
  .describe('Detail of other audits: flat values.');
