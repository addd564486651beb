import type { Expression, Statement } from '@ringfence/code';
import { isMembers } from '../../graph/json.ts';
import { type Place, placeOf } from '../../template/place.ts';
import type { Context } from './scopes.ts';
import type { Scope } from './values.ts';

function* namesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* namesIn(each);
  else if (isMembers(value)) {
    if (value.kind === 'name' && typeof value.name === 'string') yield value.name;
    for (const each of Object.values(value)) if (typeof each === 'object') yield* namesIn(each);
  }
}

/** Where the first of an expression's values that its function was given is written: by whoever calls it. */
export function givenPlace(expression: Expression, { givenAt }: Scope): Place | undefined {
  if (givenAt)
    for (const name of namesIn(expression)) {
      const place = givenAt(name);
      if (place) return place;
    }
  return undefined;
}

/** Where what a function is given for a parameter, and for what this takes apart, is written. */
export function parameterPlaces(
  parameter: Expression,
  value: unknown,
  place: Place | undefined,
): [name: string, place: Place | undefined][] {
  if (parameter.kind === 'name') return [[parameter.name, place]];
  if (parameter.kind === 'spread') return parameterPlaces(parameter.value, value, place);
  if (parameter.kind === 'choice')
    return parameter.options.slice(0, 1).flatMap((own) => parameterPlaces(own, value, place));
  if (parameter.kind !== 'object') return [];
  return parameter.entries.flatMap(({ key, value: member }) =>
    key === undefined ? [] : parameterPlaces(member, undefined, placeOf(value, key) ?? place),
  );
}

/** What says where the names that statements declare come from, where a function was given it. */
export function localPlaces(
  body: readonly Statement[],
  scope: Scope,
  outer: Scope,
  context: Context,
): Scope['givenAt'] {
  const { givenAt } = outer;
  if (!givenAt) return undefined;
  const values = new Map<string, Expression>();
  for (const statement of body)
    if (statement.kind === 'assign' && statement.target.kind === 'name')
      values.set(statement.target.name, statement.value);
  return (name) => {
    const value = values.get(name);
    if (!value) return givenAt(name);
    const place = context.deeper(name, () => givenPlace(value, scope));
    return isPlace(place) ? place : undefined;
  };
}

const isPlace = (value: unknown): value is Place => isMembers(value) && 'line' in value;
