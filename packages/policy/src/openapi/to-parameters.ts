import { PARAMETER_PLACES } from '../compiled/waas-shapes.ts';
import type { Route, Shape } from '../sections/waas/shapes.ts';
import type { OpenApiDocument } from './document.ts';
import { type Place, within } from './place.ts';
import { compact, typesOf } from './shape-types.ts';
import { toShape } from './to-shape.ts';

type Parameter = Route['parameters'][number];

/** Headers that OpenAPI describes elsewhere: a parameter of this name says nothing (4.8.12.1). */
const ELSEWHERE = ['accept', 'content-type', 'authorization'];

/** The parameters of an operation, and those of its path that it does not give anew. */
export function toParameters(document: OpenApiDocument, lists: [list: unknown, place: Place][]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const [list, place] of lists) {
    if (!Array.isArray(list)) continue;
    list.forEach((entry, index) => {
      const at = within(place, index);
      const parameter = document.follow(entry, at, (object, target) => toParameter(document, object, target));
      if (parameter) found.set(`${parameter.in} ${parameter.name}`, parameter);
    });
  }
  return [...found.values()];
}

function toParameter(
  document: OpenApiDocument,
  parameter: Record<string, unknown>,
  place: Place,
): Parameter | undefined {
  const { name } = parameter;
  const where = PARAMETER_PLACES.find((known) => known === parameter.in);
  if (where === undefined || typeof name !== 'string') {
    document.note(place, 'is no parameter of a path, a query, a header or a cookie; it is not checked');
    return undefined;
  }
  if (where === 'header' && ELSEWHERE.includes(name.toLowerCase())) return undefined;
  const shape = toText(document, toParameterShape(document, parameter, place), place, where === 'query');
  if (shape === undefined) return undefined;
  return { in: where, name, required: parameter.required === true || where === 'path', ...shape };
}

function toParameterShape(
  document: OpenApiDocument,
  parameter: Record<string, unknown>,
  place: Place,
): Shape {
  const { schema, style, explode = true, allowEmptyValue } = parameter;
  if (schema === undefined || allowEmptyValue === true) {
    document.note(
      place,
      schema === undefined ? 'has no schema; it is not checked' : 'may be empty; it is not checked',
    );
    return {};
  }
  const shape = toShape(document, schema, within(place, 'schema'));
  const isList = typesOf(shape).has('array') && shape.type !== undefined;
  const repeats = parameter.in === 'query' && (style === undefined || style === 'form') && explode === true;
  if (!isList || repeats) return shape;
  document.note(place, 'is a list in one text; it is not checked');
  return {};
}

/**
 * The shape for a value that is written as text, where JSON's objects have no place: undefined where it would be one. An array
 * comes as one text for each element, if `repeats`.
 */
export function toText(
  document: OpenApiDocument,
  shape: Shape,
  place: Place,
  repeats: boolean,
): Omit<Shape, 'properties' | 'required' | 'additional'> | undefined {
  const types = typesOf(shape);
  if (shape.type === undefined && shape.enum === undefined) return compact({});
  if (types.has('object') || (types.has('array') && !repeats)) {
    document.note(place, 'is an object or a list, written as text; it is not checked');
    return undefined;
  }
  const { properties: _properties, required: _required, additional: _additional, items, ...own } = shape;
  if (items === undefined) return own;
  const inner = toText(document, items, place, false);
  return inner === undefined ? own : { ...own, items: inner };
}
