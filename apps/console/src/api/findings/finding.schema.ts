import { z } from '@hono/zod-openapi';
import { Finding, Report, SEVERITIES } from '@ringfence/findings';
import { FINDING_STATES } from '../../findings/finding-state.ts';
import { FINDING_EVENTS } from '../../store/tables.ts';
import { scannedFunctionSchema } from './publish-report.schema.ts';

export const suppressionSchema = z
  .object({
    reason: z.string(),
    expires: z.iso.date().nullable().openapi({ description: 'The last day on which it holds, by UTC.' }),
    by: z
      .string()
      .nullable()
      .openapi({ description: 'Who suppressed it here; null: the ignore file of the scan.' }),
    at: z.iso.datetime().nullable(),
  })
  .openapi('Suppression');

export const storedFindingSchema = z
  .object({
    functionId: z.string(),
    function: scannedFunctionSchema,
    tool: Report.shape.tool,
    state: z.enum(FINDING_STATES).openapi({
      description:
        'new: came with the newest report, or with advisories since then. open: was there before. fixed: the newest report has it no more.',
    }),
    firstSeen: z.iso.datetime(),
    since: z.iso.datetime().openapi({ description: 'When it came, came back, or was fixed.' }),
    suppression: suppressionSchema.nullable().openapi({ description: 'Also one that has expired.' }),
    finding: Finding,
  })
  .openapi('StoredFinding');
export type StoredFinding = z.output<typeof storedFindingSchema>;

export const eventSchema = z
  .object({
    time: z.iso.datetime(),
    by: z.string(),
    what: z.enum(FINDING_EVENTS),
    note: z.string(),
  })
  .openapi('FindingEvent');

export const stateCountsSchema = z
  .object({ new: z.int(), open: z.int(), fixed: z.int(), suppressed: z.int() })
  .openapi('FindingCounts', { description: 'Findings in each state, by all filters but `state`.' });

export const severityCountsSchema = z
  .object(
    Object.fromEntries(SEVERITIES.map((severity) => [severity, z.int()])) as Record<
      (typeof SEVERITIES)[number],
      z.ZodInt
    >,
  )
  .openapi('SeverityCounts');

export const functionParams = z.object({
  functionId: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')
    .openapi({ description: "The function's id." }),
});

export const findingParams = functionParams.extend({
  tool: Report.shape.tool,
  findingId: z.string().regex(/^[0-9a-f]{1,64}$/, 'must be 1 to 64 hex digits'),
});
