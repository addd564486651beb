import type { Run } from './frame.ts';
import { join, type Value } from './value.ts';

/** By this name Python's `with` calls what it is given. */
export const ENTER = '__enter__';

/** What `with` gives: what a class says, what a function yields that is made for it, or else the value itself. */
export function enter(value: Value, run: Run): Value {
  const { named, others } = value.fields ?? {};
  const enters = [ENTER, '__aenter__'].flatMap((name) => named?.get(name)?.closures ?? []);
  if (enters.length > 0) return join(...enters.map((each) => run.call({ ...each, self: value }, [])));
  // What a generator gives out, which only a function made for it has here.
  return named?.size === 0 && others ? others : value;
}
