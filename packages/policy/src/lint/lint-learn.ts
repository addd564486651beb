import type { RuntimeRule } from '../policy-schema.ts';
import type { RuleWarning } from './lint-warning.ts';

const LONG_HOURS = 7 * 24;

export function lintLearn({ process, network, files, learn }: RuntimeRule): RuleWarning[] {
  const learns = [process, network, files].some((section) => section?.effect === 'learn');
  if (!learns)
    return learn === undefined
      ? []
      : [
          {
            code: 'learn-ignored',
            path: ['learn'],
            message: 'It says when learning ends, but no section has the effect learn.',
            advice: 'Set the effect of a section to learn, or remove the key.',
          },
        ];
  const { invocations, hours = invocations === undefined ? 24 : undefined } = learn ?? {};
  if (hours !== undefined && hours <= LONG_HOURS) return [];
  const until =
    hours === undefined
      ? 'a function that is seldom called may learn for ever'
      : `it learns for ${hours} hours`;
  return [
    {
      code: 'learn-long',
      path: ['learn'],
      message: `Nothing is stopped while a section learns, and ${until}; what an attacker does meanwhile is learned too.`,
      advice: `Set learn.hours to at most ${LONG_HOURS}, a week.`,
    },
  ];
}
