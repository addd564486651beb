import { z } from 'zod';

/** The effects of what cannot be learned, in the order of their numbers in a compiled policy. */
export const VERDICT_EFFECTS = ['disable', 'alert', 'prevent'] as const;
/** All effects, in the order of their numbers in a compiled policy. */
export const EFFECTS = [...VERDICT_EFFECTS, 'learn'] as const;

export const Effect = z
  .enum(EFFECTS)
  .describe(
    'disable: not watched. alert: let it happen and tell. prevent: stop it and tell. learn: let it happen and record it in the model of the function.',
  );
export type Effect = z.infer<typeof Effect>;

export const VerdictEffect = z.enum(VERDICT_EFFECTS);
export type VerdictEffect = z.infer<typeof VerdictEffect>;
