import type { Location } from '@ringfence/findings';
import type { FunctionUse } from '../use/function-use.ts';
import type { Access } from './granted.ts';

/** What a function does with its role. */
export interface FunctionNeed extends Access {
  /** What does it, in words: `GetItem`, `Lambda reads the queue`. */
  why: string;
  /** The line of the code; undefined for what Lambda does. */
  location?: Location;
  /**
   * `required`: something fails without it. `used`: it is done, and nothing fails without. `possible`: it may be done, which is no reason to grant
   * it, but one not to take it away.
   */
  certainty: 'required' | 'used' | 'possible';
  /** Where it can't be, of what it may be on. */
  notOn?: readonly string[];
  /** Whether the template's environment says the resource, so that it may be another at the next deployment. */
  isFromEnvironment?: boolean;
}

/** All that a function does with its role, as far as its code tells. */
export interface FunctionNeeds {
  needs: FunctionNeed[];
  /** Whether there is nothing else. */
  isWhole: boolean;
  /** What could not be followed or resolved, and where. */
  notes: string[];
  /** What was seen of it while it ran. */
  uses?: readonly FunctionUse[];
}
