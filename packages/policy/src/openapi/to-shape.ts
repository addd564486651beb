import { SHAPE_FORMATS, SHAPE_TYPES } from '../compiled/waas-shapes.ts';
import { SHAPE_DEPTH } from '../sections/waas/find-route-problems.ts';
import type { Shape } from '../sections/waas/shapes.ts';
import type { OpenApiDocument } from './document.ts';
import { intersect } from './intersect.ts';
import { isRecord, type Place, within } from './place.ts';
import { compact, typesOf } from './shape-types.ts';
import { unite } from './unite.ts';

type Schema = Record<string, unknown>;
type Type = (typeof SHAPE_TYPES)[number];

/** Keywords that would refuse values, and that shapes do not have. */
const UNCHECKED = [
  ...['pattern', 'multipleOf', 'uniqueItems', 'minProperties', 'maxProperties', 'patternProperties'],
  ...['propertyNames', 'contains', 'prefixItems', 'not', 'if', 'dependentRequired', 'dependentSchemas'],
];

/** Formats that say what a number or a binary text is for, or that no program checks. */
const SILENT = ['int64', 'float', 'double', 'byte', 'binary', 'password'];
const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

/** Turns a schema into a shape. What shapes can't say is left out, so that the shape fits more; and it is noted. */
export function toShape(document: OpenApiDocument, schema: unknown, place: Place, depth = 1): Shape {
  if (schema === true) return {};
  document.countSchema(place);
  if (depth > SHAPE_DEPTH) {
    document.note(place, `is nested more than ${SHAPE_DEPTH} levels deep; it is not checked`);
    return {};
  }
  const shape = document.follow(schema, place, (found, at) => convert(document, found, at, depth)) ?? {};
  if (document.isOld || !isRecord(schema) || schema.$ref === undefined) return shape;
  const { $ref: _ref, ...beside } = schema;
  return narrow(document, place, [shape, convert(document, beside, place, depth)]);
}

function convert(document: OpenApiDocument, schema: Schema, place: Place, depth: number): Shape {
  for (const keyword of UNCHECKED)
    if (schema[keyword] !== undefined && schema[keyword] !== false)
      document.note(place, `${keyword} is not checked`);
  const types = toTypes(schema);
  const own = compact({
    type: types,
    ...toValues(document, schema, place, types),
    ...toStrings(document, schema, place),
    ...toNumbers(document, schema, place),
    ...toItems(document, schema, place, depth),
    ...toMembers(document, schema, place, depth),
  });
  const all = listOf(schema.allOf).map((part, index) =>
    toShape(document, part, within(place, 'allOf', index), depth),
  );
  const unions = (['oneOf', 'anyOf'] as const).flatMap((keyword) => {
    const variants = listOf(schema[keyword]).map((part, index) =>
      toShape(document, part, within(place, keyword, index), depth),
    );
    if (variants.length === 0) return [];
    if (overlap(variants))
      document.note(
        place,
        `${keyword}: what fits any of the variants passes, and so do members of several of them together`,
      );
    return [variants.reduce(unite)];
  });
  const shape = narrow(document, place, [own, ...all, ...unions]);
  return schema.unevaluatedProperties === false ? { ...shape, additional: 'deny' } : shape;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Whether two of the shapes let values of the same type through. */
function overlap(shapes: Shape[]): boolean {
  const seen = new Set<Type>();
  return shapes.some((shape) => {
    const types = [...typesOf(shape)].filter((type) => type !== 'null');
    const again = types.some((type) => seen.has(type));
    for (const type of types) seen.add(type);
    return again;
  });
}

function narrow(document: OpenApiDocument, place: Place, shapes: Shape[]): Shape {
  return shapes.reduce((narrowed, shape) => {
    const next = intersect(narrowed, shape);
    if (next === undefined)
      document.note(place, 'no value fits all of its parts; not all of them are checked');
    return next ?? narrowed;
  }, {});
}

function toTypes({ type, nullable, enum: values, const: only }: Schema): Shape['type'] {
  const named = (Array.isArray(type) ? type : [type]).filter((name): name is Type =>
    SHAPE_TYPES.includes(name),
  );
  if (named.length === 0) {
    const listed = only === undefined ? listOf(values) : [only];
    if (listed.length === 0) return undefined;
    named.push(...new Set(listed.map(typeOf)));
  }
  if (nullable === true && !named.includes('null')) named.push('null');
  return named.length === 1 ? named[0] : named;
}

function typeOf(value: unknown): Type {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** `enum` and `const`: texts and numbers; of other values their type alone is checked. */
function toValues(document: OpenApiDocument, schema: Schema, place: Place, types: Shape['type']): Shape {
  const listed = schema.const === undefined ? listOf(schema.enum) : [schema.const];
  const values = listed.filter((value) => typeof value === 'string' || typeof value === 'number');
  if (values.length < listed.length && listed.some((value) => typeof value === 'object' && value !== null)) {
    document.note(place, 'lists objects or arrays; its values are not checked');
    return {};
  }
  const takesOthers = [...typesOf({ type: types })].some(
    (type) =>
      type !== 'null' && type !== 'boolean' && type !== 'string' && type !== 'integer' && type !== 'number',
  );
  return values.length > 0 && !takesOthers ? { enum: [...new Set(values)] } : {};
}

function toStrings(document: OpenApiDocument, schema: Schema, place: Place): Shape {
  const { format } = schema;
  const known = SHAPE_FORMATS.find((name) => name === format);
  if (typeof format === 'string' && !known && !SILENT.includes(format) && format !== 'int32')
    document.note(place, `the format ${JSON.stringify(format.slice(0, 50))} is not checked`);
  return {
    minLength: toCount(schema.minLength),
    maxLength: toCount(schema.maxLength),
    format: known,
  };
}

const MOST = 1_000_000_000;

/** A limit that is no whole number, or greater than any length, limits nothing. */
function toCount(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST ? Number(value) : undefined;
}

const toNumber = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

function toNumbers(document: OpenApiDocument, schema: Schema, place: Place): Shape {
  const least = toLimit(document, schema, place, 'minimum', 'exclusiveMinimum', 1);
  const most = toLimit(document, schema, place, 'maximum', 'exclusiveMaximum', -1);
  const isInt32 = schema.format === 'int32';
  return {
    minimum: least ?? (isInt32 ? INT32.minimum : undefined),
    maximum: most ?? (isInt32 ? INT32.maximum : undefined),
  };
}

/** 3.0 has `exclusiveMinimum: true` beside `minimum`, 3.1 a number of its own. For integers the next one is the limit. */
function toLimit(
  document: OpenApiDocument,
  schema: Schema,
  place: Place,
  inclusive: 'minimum' | 'maximum',
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  step: number,
): number | undefined {
  const limit = toNumber(schema[inclusive]);
  const bound = schema[exclusive] === true ? limit : toNumber(schema[exclusive]);
  if (bound === undefined) return limit;
  if (schema.type !== 'integer') document.note(place, `${exclusive}: the limit itself passes`);
  const next = schema.type === 'integer' ? (step > 0 ? Math.floor(bound) : Math.ceil(bound)) + step : bound;
  if (limit === undefined || limit === bound) return next;
  return step > 0 ? Math.max(limit, next) : Math.min(limit, next);
}

function toItems(document: OpenApiDocument, schema: Schema, place: Place, depth: number): Shape {
  const { items, prefixItems } = schema;
  return {
    // Behind a prefix the items are others, which shapes don't tell apart.
    items:
      items === undefined || prefixItems !== undefined || items === false
        ? undefined
        : toShape(document, items, within(place, 'items'), depth + 1),
    minItems: toCount(schema.minItems),
    maxItems: toCount(schema.maxItems),
  };
}

function toMembers(document: OpenApiDocument, schema: Schema, place: Place, depth: number): Shape {
  const { properties, required, additionalProperties, patternProperties } = schema;
  const members = isRecord(properties) ? Object.entries(properties) : [];
  // What is only in responses need not, and should not, be in requests.
  const isReadOnly = (name: string) =>
    isRecord(properties) &&
    isRecord(properties[name]) &&
    document.follow(properties[name], within(place, 'properties', name), ({ readOnly }) => readOnly === true);
  const names = listOf(required).filter((name) => typeof name === 'string');
  const others =
    additionalProperties === false
      ? 'deny'
      : isRecord(additionalProperties)
        ? toShape(document, additionalProperties, within(place, 'additionalProperties'), depth + 1)
        : undefined;
  return {
    properties:
      members.length > 0
        ? Object.fromEntries(
            members.map(([name, member]) => [
              name,
              toShape(document, member, within(place, 'properties', name), depth + 1),
            ]),
          )
        : undefined,
    required: names.length > 0 ? names.filter((name) => !isReadOnly(name)) : undefined,
    additional: patternProperties === undefined ? others : undefined,
  };
}
