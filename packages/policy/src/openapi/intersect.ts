import type { Shape } from '../sections/waas/shapes.ts';
import { compact, either, toType, typesOf } from './shape-types.ts';

/**
 * A shape that fits what fits both: for `allOf`. An object may have the members that either names, though the other denies
 * further ones: that is what people mean who extend a closed object. Undefined where nothing fits both.
 */
export function intersect(a: Shape, b: Shape): Shape | undefined {
  const typesOfB = typesOf(b);
  const types = new Set([...typesOf(a)].filter((type) => typesOfB.has(type)));
  const values = either(a.enum, b.enum, (x, y) => x.filter((value) => y.includes(value)));
  if (types.size === 0 || values?.length === 0) return undefined;
  return compact({
    type: toType(types),
    enum: values,
    minLength: either(a.minLength, b.minLength, Math.max),
    maxLength: either(a.maxLength, b.maxLength, Math.min),
    format: a.format ?? b.format,
    minimum: either(a.minimum, b.minimum, Math.max),
    maximum: either(a.maximum, b.maximum, Math.min),
    minItems: either(a.minItems, b.minItems, Math.max),
    maxItems: either(a.maxItems, b.maxItems, Math.min),
    items: either(a.items, b.items, loosely),
    properties: either(a.properties, b.properties, joinProperties),
    required: either(a.required, b.required, (x, y) => [...new Set([...x, ...y])]),
    additional: either(a.additional, b.additional, (x, y) => {
      if (x === 'deny' || y === 'deny') return 'deny';
      return x === 'allow' ? y : y === 'allow' ? x : loosely(x, y);
    }),
  });
}

/** Where nothing fits both, within a value that may be left out, the second one is taken. */
const loosely = (a: Shape, b: Shape): Shape => intersect(a, b) ?? b;

function joinProperties(a: Record<string, Shape>, b: Record<string, Shape>): Record<string, Shape> {
  const joined = new Map(Object.entries(a));
  for (const [name, shape] of Object.entries(b)) {
    const other = joined.get(name);
    joined.set(name, other ? loosely(other, shape) : shape);
  }
  return Object.fromEntries(joined);
}
