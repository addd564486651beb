import { EFFECTS, FunctionIdentity } from '@ringfence/policy/schema';
import { z } from 'zod';
import {
  CoverageDetail,
  FileDetail,
  ModelDetail,
  NetworkDetail,
  OtherDetail,
  ProcessDetail,
  text,
  WaasDetail,
} from './audit-details.ts';

/** The longest line, in bytes of UTF-8 with its newline: a write of up to 4,096 bytes to a pipe is not split. */
export const AUDIT_LINE_BYTES = 4000;

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
  effect: z.enum(EFFECTS).describe("The rule's effect."),
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

/** One audit: what a Defender saw, and what it did about it. */
export const Audit = z
  .discriminatedUnion('type', [
    z.looseObject({ ...common, type: z.literal('process'), detail: ProcessDetail }),
    z.looseObject({ ...common, type: z.literal('network'), detail: NetworkDetail }),
    z.looseObject({ ...common, type: z.literal('file'), detail: FileDetail }),
    z.looseObject({ ...common, type: z.literal('waas'), detail: WaasDetail }),
    z.looseObject({ ...common, type: z.literal('model'), detail: ModelDetail }),
    z.looseObject({ ...common, type: z.literal('coverage'), detail: CoverageDetail }),
    z.looseObject({ ...common, type: z.literal('policy'), detail: OtherDetail }),
    z.looseObject({ ...common, type: z.literal('tamper'), detail: OtherDetail }),
    z.looseObject({ ...common, type: z.literal('defender'), detail: OtherDetail }),
  ])
  .describe('One audit: what a Defender saw, and what it did about it.');
export type Audit = z.infer<typeof Audit>;

export type AuditOf<Type extends Audit['type']> = Extract<Audit, { type: Type }>;

/** The types that are told to people; those of type `model` go into the model of the function instead. */
export const AUDIT_TYPES = [
  'process',
  'network',
  'file',
  'waas',
  'tamper',
  'coverage',
  'policy',
  'defender',
] as const satisfies Audit['type'][];
export const AUDIT_EFFECTS = common.effect.options;
export const AUDIT_ACTIONS = common.action.options;
