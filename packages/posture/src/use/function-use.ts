/** What was seen of a function while it ran. */
export interface FunctionUse {
  /** What saw it, in words: `the API trail`. */
  source: string;
  /** How long it was watched, in days. */
  days: number;
  /** The actions that it was seen to use. */
  actions: ReadonlySet<string>;
  /** Whether no use of the action, or of any that a pattern of actions stands for, could have been missed. */
  covers(action: string): boolean;
}

/** What was seen of functions, by their names where they run. */
export type Uses = ReadonlyMap<string, readonly FunctionUse[]>;

/** What runs once a week should have run. */
const FEWEST_DAYS = 7;

/** The longest watch by which it can be told that the action is not used; undefined where there is none. */
export const watchOver = (uses: readonly FunctionUse[], action: string): FunctionUse | undefined =>
  uses
    .filter((use) => use.days >= FEWEST_DAYS && use.covers(action))
    .sort((left, right) => right.days - left.days)[0];
