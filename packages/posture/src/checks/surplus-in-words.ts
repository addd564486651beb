import { holdsAction } from '../least/granted.ts';
import type { Surplus } from '../least/surplus.ts';
import { known } from '../template/substitution.ts';

/** So many are named; the rest is counted. */
const MOST_NAMED = 8;

export function listActions(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => known(name) ?? name);
  return `${shown.join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`;
}

/** What the code needs of what the statements allow, or of the actions like `of`; `nothing` where it needs none of it. */
export function neededOf(surpluses: readonly Surplus[], of = '*'): string {
  const done = surpluses
    .flatMap(({ needs }) => needs)
    .filter(({ certainty, action }) => certainty !== 'possible' && holdsAction(of, action) === 'yes')
    .map(({ action }) => action);
  return done.length === 0 ? 'nothing' : listActions([...new Set(done)]);
}
