import { FunctionIdentity } from '@ringfence/policy/schema';
import { z } from 'zod';

/** The longest line, in bytes of UTF-8 with its newline: a write of up to 4,096 bytes to a pipe is not split. */
export const AUDIT_LINE_BYTES = 4000;

const text = (limit: number) => z.string().max(limit, `must be at most ${limit} characters long`);
const count = z.int().min(0);

/** The function as the Defender knows it, with its version. */
export const AuditFunction = FunctionIdentity.extend({
  version: text(128).default('').describe("The function's version, such as $LATEST; empty when not known."),
}).describe('The function that the audit is about.');

const common = {
  ringfence: z.literal(1).describe('Marks a line of the log as an audit, and its format version.'),
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hexadecimal digits')
    .describe('Unique for each audit.'),
  time: z.iso
    .datetime({ error: 'must be a UTC time such as 2026-11-21T10:00:00.123Z' })
    .describe('When it happened, UTC, ISO 8601.'),
  effect: z.enum(['disable', 'alert', 'prevent']).describe("The rule's effect."),
  action: z.enum(['blocked', 'allowed', 'reported']).describe('What the Defender did.'),
  function: AuditFunction,
  instance: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'must be 16 lower-case hexadecimal digits')
    .describe('The running instance of the function.'),
  request: text(256).describe("The invocation's request id, or empty between invocations."),
  count: z
    .int()
    .min(1)
    .max(2 ** 31)
    .describe('How many identical audits this one stands for.'),
  message: text(2000).describe('What happened, in words.'),
};

/** What a process did or tried. Unknown keys are kept. */
export const ProcessDetail = z
  .looseObject({
    path: text(4000).describe('The binary after resolving, or empty.'),
    requested: text(4000).describe('The path as it was asked for.'),
    argv: z.array(text(4000)).max(256).describe('The first arguments, cut.'),
    pid: count
      .describe('The process that asked; absent where identical audits of several are counted together.')
      .optional(),
    caller: text(4000).describe("Path of the caller's binary."),
    call: text(64).describe('The system call.'),
    abi: text(16).describe('The call table: x86_64, i386, x32, arm64 or arm.'),
    reason: text(2000).describe('Why, in words.'),
    script: text(4000).describe('The interpreter of a script.').optional(),
  })
  .describe('Detail of a process audit.');

/** What the init found it can enforce. Unknown keys are kept. */
export const CoverageDetail = z
  .looseObject({
    tier: text(16).describe('T0, or none.'),
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
      .describe('What holds for each section: prevent, alert, disable or unguarded.'),
    missing: z.array(text(500)).max(64).describe('What is missing, in words.'),
  })
  .describe('Detail of a coverage audit.');

/** Free, flat values. */
export const OtherDetail = z
  .record(text(128), z.union([text(4000), z.number(), z.boolean(), z.null()]))
  .describe('Detail of other audits: flat values.');

/** One audit: what a Defender saw, and what it did about it. */
export const Audit = z
  .discriminatedUnion('type', [
    z.looseObject({ ...common, type: z.literal('process'), detail: ProcessDetail }),
    z.looseObject({ ...common, type: z.literal('coverage'), detail: CoverageDetail }),
    z.looseObject({ ...common, type: z.literal('policy'), detail: OtherDetail }),
    z.looseObject({ ...common, type: z.literal('tamper'), detail: OtherDetail }),
    z.looseObject({ ...common, type: z.literal('defender'), detail: OtherDetail }),
  ])
  .describe('One audit: what a Defender saw, and what it did about it.');
export type Audit = z.infer<typeof Audit>;

export type AuditOf<Type extends Audit['type']> = Extract<Audit, { type: Type }>;

export const AUDIT_TYPES = [
  'process',
  'coverage',
  'policy',
  'tamper',
  'defender',
] as const satisfies Audit['type'][];
export const AUDIT_EFFECTS = common.effect.options;
export const AUDIT_ACTIONS = common.action.options;
