import type { Run } from './frame.ts';
import { join, type Value } from './value.ts';

/** A value with what its getters give in their place. */
export function readGetters(value: Value, run: Run): Value {
  const getters = value.closures.filter(({ isGetter }) => isGetter);
  if (getters.length === 0) return value;
  const others = value.closures.filter(({ isGetter }) => !isGetter);
  return join({ ...value, closures: others }, ...getters.map((getter) => run.call(getter, [])));
}
