import { z } from 'zod';

const DEFAULT_HOURS = 24;

export const LearnSettings = z
  .strictObject({
    invocations: z
      .int()
      .min(1, 'must be at least 1')
      .max(1_000_000_000, 'must be at most 1000000000')
      .optional()
      .describe('Learning ends after this many invocations. Left out: no limit of invocations.'),
    hours: z
      .number()
      .positive('must be more than 0')
      .max(8760, 'must be at most 8760 hours (a year)')
      .optional()
      .describe(
        'Learning ends after this many hours. Left out: no limit of time, or 24 hours when invocations is left out too.',
      ),
  })
  .describe('When learning ends, for the sections whose effect is learn: at whichever limit comes first.');
export type LearnSettings = z.infer<typeof LearnSettings>;

/** The limits of learning as a Defender gets them; 0 stands for no limit. */
export type LearnLimits = { invocations: number; seconds: number };

export function toLearnLimits({ invocations, hours }: LearnSettings): LearnLimits {
  const limit = hours ?? (invocations === undefined ? DEFAULT_HOURS : 0);
  return { invocations: invocations ?? 0, seconds: Math.ceil(limit * 3600) };
}
