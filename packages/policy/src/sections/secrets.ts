import { z } from 'zod';

/** Says in words why a pattern for names of variables can't be used, or undefined when it can. */
export function findSecretProblem(pattern: string): string | undefined {
  return /^[A-Za-z0-9_.*-]{1,128}$/.test(pattern)
    ? undefined
    : 'must be 1 to 128 letters, digits or any of _ . -, with * as wildcard';
}

export const Secrets = z
  .array(
    z.string().superRefine((pattern, context) => {
      const problem = findSecretProblem(pattern);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    }),
  )
  .max(256, 'must hold at most 256 patterns')
  .default([])
  .describe(
    'Environment variables that are kept from /proc/*/environ and from child processes; * stands for any characters.',
  );
