import type { SHAPE_TYPES } from '../compiled/waas-shapes.ts';
import type { Shape } from '../sections/waas/shapes.ts';
import { both, compact, either, toType, typesOf } from './shape-types.ts';

/** What each type of value has of its own. */
const GROUPS: [types: (typeof SHAPE_TYPES)[number][], keys: (keyof Shape)[]][] = [
  [['string'], ['minLength', 'maxLength', 'format']],
  [
    ['integer', 'number'],
    ['minimum', 'maximum'],
  ],
  [['array'], ['items', 'minItems', 'maxItems']],
  [['object'], ['properties', 'required', 'additional']],
  [['string', 'integer', 'number'], ['enum']],
];

/** A shape that fits whatever fits one of the two; for objects it may fit more, since members of both may be mixed. */
export function unite(a: Shape, b: Shape): Shape {
  if (Object.keys(a).length === 0 || Object.keys(b).length === 0) return {};
  const [typesOfA, typesOfB] = [typesOf(a), typesOf(b)];
  const loose: Shape = {
    enum: both(a.enum, b.enum, (x, y) => [...new Set([...x, ...y])]),
    minLength: both(a.minLength, b.minLength, Math.min),
    maxLength: both(a.maxLength, b.maxLength, Math.max),
    format: a.format === b.format ? a.format : undefined,
    minimum: both(a.minimum, b.minimum, Math.min),
    maximum: both(a.maximum, b.maximum, Math.max),
    items: both(a.items, b.items, unite),
    minItems: both(a.minItems, b.minItems, Math.min),
    maxItems: both(a.maxItems, b.maxItems, Math.max),
    ...uniteMembers(a, b),
  };
  for (const [types, keys] of GROUPS) {
    const has = (own: ReturnType<typeof typesOf>) => types.some((type) => own.has(type));
    const only = has(typesOfA) ? (has(typesOfB) ? undefined : a) : b;
    if (only) Object.assign(loose, Object.fromEntries(keys.map((key) => [key, only[key]])));
  }
  return compact({ ...loose, type: toType(new Set([...typesOfA, ...typesOfB])) });
}

function uniteMembers(a: Shape, b: Shape): Pick<Shape, 'properties' | 'required' | 'additional'> {
  const names = new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})]);
  const properties = Object.fromEntries(
    [...names].map((name) => [name, either(memberOf(a, name), memberOf(b, name), unite) ?? {}]),
  );
  const others = either(othersOf(a), othersOf(b), unite);
  const isOpen = others && Object.keys(others).length === 0;
  return {
    properties: names.size > 0 ? properties : undefined,
    required: both(a.required, b.required, (x, y) => x.filter((name) => y.includes(name))),
    additional: isOpen ? undefined : (others ?? 'deny'),
  };
}

/** What a member may be; undefined where it may not be there. */
const memberOf = (shape: Shape, name: string): Shape | undefined =>
  shape.properties?.[name] ?? othersOf(shape);

const othersOf = ({ additional = 'allow' }: Shape): Shape | undefined =>
  additional === 'deny' ? undefined : additional === 'allow' ? {} : additional;
