import { SHAPE_TYPES } from '../compiled/waas-shapes.ts';
import type { Shape } from '../sections/waas/shapes.ts';

type Type = (typeof SHAPE_TYPES)[number];

/** The types that the shape lets through; `number` holds every integer. */
export function typesOf({ type }: Shape): Set<Type> {
  if (type === undefined) return new Set(SHAPE_TYPES);
  const types = new Set(typeof type === 'string' ? [type] : type);
  if (types.has('number')) types.add('integer');
  return types;
}

/** The types in the fewest words. */
export function toType(types: Set<Type>): Shape['type'] {
  if (types.size === SHAPE_TYPES.length) return undefined;
  const few = [...types].filter((type) => type !== 'integer' || !types.has('number'));
  return few.length === 1 ? few[0] : few;
}

/** Without the keys that say nothing. */
export function compact(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined));
}

/** Joins two values where both are there. */
export const both = <Value>(
  a: Value | undefined,
  b: Value | undefined,
  join: (a: Value, b: Value) => Value | undefined,
): Value | undefined => (a === undefined || b === undefined ? undefined : join(a, b));

/** Joins two values, or takes the one that is there. */
export const either = <Value>(
  a: Value | undefined,
  b: Value | undefined,
  join: (a: Value, b: Value) => Value,
): Value | undefined => (a === undefined ? b : b === undefined ? a : join(a, b));
