import type { Shape } from '@ringfence/policy/schema';
import fc from 'fast-check';

export interface ShapedValue {
  shape: Shape;
  value: unknown;
}

const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });

const anyString: fc.Arbitrary<ShapedValue> = fc
  .tuple(fc.string({ unit: 'grapheme' }), fc.nat(3))
  .map(([value, slack]) => {
    const length = [...value].length;
    return {
      shape: { type: 'string', minLength: Math.max(0, length - slack), maxLength: length + slack },
      value,
    };
  });

const anyInteger: fc.Arbitrary<ShapedValue> = fc.tuple(fc.integer(), fc.nat(3)).map(([value, slack]) => ({
  shape: { type: 'integer', minimum: value - slack, maximum: value + slack },
  value,
}));

const anyNumber: fc.Arbitrary<ShapedValue> = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
  .map((value) => ({ shape: { type: 'number', minimum: value - 1, maximum: value + 1 }, value }));

const anyListed: fc.Arbitrary<ShapedValue> = fc
  .tuple(fc.uniqueArray(fc.oneof(anyName, fc.integer()), { minLength: 1, maxLength: 5 }), fc.nat(4))
  .map(([values, index]) => ({ shape: { enum: values }, value: values[index % values.length] }));

/** A shape, and a value that fits it. */
export const anyShapedValue: fc.Arbitrary<ShapedValue> = fc.letrec<{ any: ShapedValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'shape' },
    fc.oneof(
      anyString,
      anyInteger,
      anyNumber,
      anyListed,
      fc.boolean().map((value): ShapedValue => ({ shape: { type: 'boolean' }, value })),
      fc.constant<ShapedValue>({ shape: { type: ['null', 'string'] }, value: null }),
    ),
    fc.tuple(tie('any'), fc.nat(3)).map(
      ([{ shape, value }, count]): ShapedValue => ({
        shape: { type: 'array', items: shape, minItems: count, maxItems: count },
        value: Array.from({ length: count }, () => value),
      }),
    ),
    fc.dictionary(anyName, tie('any'), { maxKeys: 4, noNullPrototype: true }).map((members): ShapedValue => {
      const entries = Object.entries(members);
      return {
        shape: {
          type: 'object',
          properties: Object.fromEntries(entries.map(([name, { shape }]) => [name, shape])),
          required: entries.map(([name]) => name),
          additional: 'deny',
        },
        value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
      };
    }),
  ),
})).any;

/** The value with one thing that does not fit; `seed` says what. */
export function breakValue(shape: Shape, value: unknown, seed: number): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0 || seed % 2 === 0) return [...value, value[0] ?? 1];
    const index = seed % value.length;
    return value.map((item, at) => (at === index ? breakValue(shape.items ?? {}, item, seed >> 1) : item));
  }
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    const name = names[seed % Math.max(names.length, 1)];
    if (name === undefined || seed % 3 === 0) return { ...value, 'not expected': 1 };
    const { [name]: inner, ...others } = value as Record<string, unknown>;
    if (seed % 3 === 1) return others;
    return { ...others, [name]: breakValue(shape.properties?.[name] ?? {}, inner, seed >> 1) };
  }
  if (typeof value === 'string' && shape.maxLength !== undefined && seed % 2 === 0)
    return value + 'x'.repeat(9);
  if (typeof value === 'number' && shape.maximum !== undefined && seed % 2 === 0) return shape.maximum + 1000;
  return [];
}
