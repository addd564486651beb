import { PostureError } from '../../posture-error.ts';
import type { Place } from '../../template/place.ts';
import { inWords } from '../../template/place.ts';

/** Expressions evaluated for one project, and characters of the texts that these make. */
const MOST_STEPS = 3_000_000;
const LONGEST_TEXT = 1_000_000;

/** Keeps hostile configurations from going on for ever. */
export class Budget {
  #left = MOST_STEPS;

  spend(at: Place, steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0)
      throw new PostureError(
        `${inWords(at)}: the configuration takes more than ${MOST_STEPS} steps; split it`,
      );
  }

  checkText(at: Place, text: string): string {
    if (text.length > LONGEST_TEXT)
      throw new PostureError(`${inWords(at)}: makes a text of more than ${LONGEST_TEXT} characters`);
    this.spend(at, text.length >> 6);
    return text;
  }
}

export interface ReadFile {
  file: string;
  text: string;
}

/** What an expression is evaluated with. */
export interface Scope {
  /** The value of a name: `var`, `each`, the type of a resource. */
  valueOf(name: string): unknown;
  /** A file of the project, as places call it, and its text; undefined where there is none. */
  readFile(path: string): ReadFile | undefined;
  budget: Budget;
}

/** The scope with more names. */
export const withNames = (scope: Scope, names: ReadonlyMap<string, unknown>): Scope => ({
  valueOf: (name) => (names.has(name) ? names.get(name) : scope.valueOf(name)),
  readFile: (path) => scope.readFile(path),
  budget: scope.budget,
});
