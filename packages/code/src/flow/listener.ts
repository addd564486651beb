import type { Check } from './checks.ts';
import type { Place, Value } from './value.ts';

/** A call of something outside of the program. */
export interface OutsideCall {
  /** The way to what is called, such as `child_process.exec`; `new` in front of constructors is left out. A method of an unknown value is `.name`. */
  symbol: string;
  arguments: Value[];
  named: ReadonlyMap<string, Value>;
  place: Place;
  /** What it is called on, and what that comes from. */
  receiver: Value;
}

/** For what a value is harmless; names are the caller's. */
export type Safety = readonly string[] | 'all';

/** Whoever follows a program says what the things outside of it are. */
export interface Listener {
  onCall?(call: OutsideCall): void;
  /** A member of something outside is read. */
  onMember?(symbol: string, place: Place): void;
  /** What comes out of a call, where the listener knows better than that it is something outside. */
  resultOf?(call: OutsideCall): Value | undefined;
  /** For what a call makes its arguments harmless. Undefined: it passes them on. */
  makesSafe?(call: OutsideCall): Safety | undefined;
  /** For what a value is harmless where a condition has looked at it. */
  checksFor?(check: Check): Safety | undefined;
  /** What a function gets that is handed to something outside, as a route's to its server. Undefined: what comes out of that. */
  argumentsOf?(call: OutsideCall): Value[] | undefined;
  /** Whether what is outside under that name comes from an untrusted place, as the request of a server. */
  isSource?(symbol: string): boolean;
}
