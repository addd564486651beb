import type { Expression } from '@ringfence/code';
import { notePlace, type Place, placeOf } from '../../template/place.ts';
import { isObject } from './values.ts';

type Evaluate = (expression: Expression) => unknown;
type PlaceAt = (at: Expression['at']) => Place;
type GivenAt = (expression: Expression) => Place | undefined;

/** An object as it is written, with what is spread into it. What its function was given stands where that was called. */
export function objectOf(
  { entries, at }: Expression & { kind: 'object' },
  evaluate: Evaluate,
  place: PlaceAt,
  givenAt: GivenAt,
): unknown {
  let given: Place | undefined;
  const value: Record<string, unknown> = {};
  const members = new Map<string, Place>();
  for (const { key, value: entry, isSpread } of entries) {
    const member = evaluate(entry);
    const caller = givenAt(entry);
    given ??= caller;
    if (key !== undefined && member !== undefined) {
      value[key] = member;
      members.set(key, caller ?? place(entry.at));
    } else if (isSpread && isObject(member))
      for (const [name, own] of Object.entries(member)) {
        value[name] = own;
        members.set(name, placeOf(member, name) ?? place(entry.at));
      }
  }
  notePlace(value, given ?? place(at), members);
  return value;
}

/** A list as it is written. */
export function listFrom(
  { items, at }: Expression & { kind: 'list' },
  evaluate: Evaluate,
  place: PlaceAt,
): unknown {
  const members = new Map<number, Place>();
  const values: unknown[] = [];
  for (const item of items) {
    const value = evaluate(item.kind === 'spread' ? item.value : item);
    const all = item.kind === 'spread' && Array.isArray(value) ? value : [value];
    for (const [index, each] of all.entries()) {
      const spread = item.kind === 'spread' ? placeOf(value, index) : undefined;
      members.set(values.length, spread ?? place(item.at));
      values.push(each);
    }
  }
  notePlace(values, place(at), members);
  return values;
}
