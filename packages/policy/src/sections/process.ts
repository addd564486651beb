import { z } from 'zod';
import { Effect, VerdictEffect } from './effect.ts';
import { findPathPatternProblem } from './path-pattern.ts';
import { checkedText, findTextProblem } from './text-problem.ts';

/** As the last argument pattern: any further arguments. */
export const ANY_FURTHER = '**';

const PathPattern = checkedText(findPathPatternProblem);

const ArgumentPatterns = z
  .array(checkedText(findTextProblem))
  .max(64, 'must hold at most 64 patterns')
  .superRefine((patterns, context) => {
    const index = patterns.indexOf(ANY_FURTHER);
    if (index >= 0 && index < patterns.length - 1)
      context.addIssue({
        code: 'custom',
        path: [index],
        message: 'must come last: ** stands for any further arguments; write * for one argument',
      });
  });

const ProcessObject = z.strictObject({
  path: PathPattern.describe('The binary or script, as an absolute path or a glob.'),
  arguments: ArgumentPatterns.optional().describe(
    'One pattern for each argument behind the name of the program; * stands for any characters, ? for one; ** as the last one for any further arguments. Left out: any arguments.',
  ),
  parents: z
    .array(PathPattern)
    .min(1, 'must hold at least one pattern; leave the key out for any parent')
    .max(64, 'must hold at most 64 patterns')
    .optional()
    .describe('Binaries that may start it, as absolute paths or globs. Left out: any.'),
});

/** A binary or script that may be started, and how. */
export type ProcessEntry = z.infer<typeof ProcessObject>;

export const ProcessSettings = z
  .strictObject({
    effect: Effect.default('prevent').describe(
      'What happens when the function starts a process that is not allowed: disable (not watched), alert (it runs, and an audit tells), prevent (it is stopped, and an audit tells) or learn (it runs, and the model records it).',
    ),
    allow: z
      .array(z.union([PathPattern, ProcessObject]))
      .max(256, 'must hold at most 256 entries')
      .default([])
      .describe(
        'Binaries and scripts that may be started: an absolute path or a glob (* and ? stay within one folder, ** crosses folders), or an object that also says with which arguments and by whom. Empty: only the main process.',
      ),
    miners: VerdictEffect.default('prevent').describe(
      'What happens to a process that looks like a crypto-miner, even when it is allowed: disable, alert or prevent.',
    ),
  })
  .describe('Which processes the function may start.');
export type ProcessSettings = z.infer<typeof ProcessSettings>;

/** An entry of the allowlist in its long form. */
export const toProcessEntry = (entry: ProcessSettings['allow'][number]): ProcessEntry =>
  typeof entry === 'string' ? { path: entry } : entry;
