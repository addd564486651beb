import { z } from '@hono/zod-openapi';
import { FunctionIdentity } from '@ringfence/policy';

const unixTime = z.int().nullable().openapi({ description: "Unix milliseconds, by the Defenders' clocks." });

export const functionParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')
    .openapi({ description: "The function's id." }),
});

export const modelSummarySchema = z
  .object({
    functionId: z.string(),
    function: FunctionIdentity,
    state: z.enum(['waiting', 'learning', 'learnt']).openapi({
      description:
        'waiting: the policy says learn, and no Defender has told anything yet. learnt: a limit is reached, or no section learns any more.',
    }),
    sections: z
      .array(z.enum(['process', 'network', 'files']))
      .openapi({ description: 'The sections that learn by the present policy.' }),
    limits: z
      .object({ invocations: z.int(), seconds: z.int() })
      .nullable()
      .openapi({ description: 'When learning ends, 0 for never; null when no section learns.' }),
    invocations: z.int().openapi({ description: 'Of all instances together.' }),
    instances: z.int().openapi({ description: 'That told something.' }),
    entries: z.int().openapi({ description: 'Different things that were used.' }),
    since: unixTime,
    last: unixTime,
  })
  .openapi('ModelSummary');
