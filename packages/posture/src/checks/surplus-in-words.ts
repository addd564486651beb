import type { FunctionNeed } from '../least/function-needs.ts';
import { holdsAction } from '../least/granted.ts';
import type { Surplus } from '../least/surplus.ts';
import { known } from '../template/substitution.ts';

/** So many are named; the rest is counted. */
const MOST_NAMED = 12;

export function listActions(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => known(name) ?? name);
  return `${shown.join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`;
}

/** An ARN of the account itself without what all of them have. */
export const shortArn = (arn: string): string =>
  arn.replace(
    /^arn:(\$\{AWS::Partition\}|aws[\w-]*):[\w-]+:(\$\{AWS::Region\}|[\w-]*):(\$\{AWS::AccountId\})?:(?=.)/,
    '',
  );

/** What the code needs of what the statements allow, before what Lambda does, or of the actions like one of `of`; `nothing` where it needs none of it. */
export function neededOf(surpluses: readonly Surplus[], of: readonly string[] = ['*']): string {
  const needs = surpluses
    .flatMap((each) => each.needs)
    .filter(({ action }) => of.some((pattern) => holdsAction(pattern, action) === 'yes'));
  const isOfCode = ({ location }: FunctionNeed) => location !== undefined;
  const done = needs
    .filter(({ certainty }) => certainty !== 'possible')
    .sort((one, other) => Number(isOfCode(other)) - Number(isOfCode(one)))
    .map(({ action }) => action);
  if (done.length > 0) return listActions([...new Set(done)]);
  // What is done without an SDK is not seen.
  return needs.length > 0 ? 'nothing that can be seen' : 'nothing';
}
