import { coversGlob } from '../compare-globs.ts';
import { Glob } from '../glob.ts';
import { matchPatterns } from '../match-policy.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { lintEntries } from './lint-entries.ts';
import type { RuleWarning } from './lint-warning.ts';

/** Variables that child processes can hardly do without. */
const NEEDED = [
  'PATH',
  'HOME',
  'LD_LIBRARY_PATH',
  'LANG',
  'TZ',
  'NODE_PATH',
  'PYTHONPATH',
  'LAMBDA_TASK_ROOT',
];

export function lintSecrets({ secrets }: RuntimeRule): RuleWarning[] {
  const needed = secrets.flatMap((pattern, index): RuleWarning[] => {
    const hidden = NEEDED.filter((name) => matchPatterns([pattern], name));
    if (hidden.length === 0) return [];
    return [
      {
        code: 'secret-needed',
        pattern,
        path: ['secrets', index],
        message: `${pattern} in secrets also keeps ${hidden.slice(0, 3).join(', ')} from child processes, which may not run without.`,
        advice: 'Name the variables that hold secrets.',
      },
    ];
  });
  const globs = secrets.map((pattern) => new Glob(pattern));
  return [...lintEntries(globs, ['secrets'], coversGlob), ...needed];
}
