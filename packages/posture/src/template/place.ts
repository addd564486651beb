/** Where something is written. Lines and columns are counted from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

interface Places {
  own: Place;
  members: ReadonlyMap<string | number, Place>;
}

// Beside the values, so that these stay plain JSON.
const places = new WeakMap<object, Places>();

/** Notes where an object or a list stands, and each of its members. */
export function notePlace(value: object, own: Place, members: ReadonlyMap<string | number, Place>): void {
  places.set(value, { own, members });
}

/** Notes where one more member of an object or a list stands. */
export function noteMember(value: object, member: string | number, place: Place): void {
  const { own = place, members = new Map() } = places.get(value) ?? {};
  places.set(value, { own, members: new Map([...members, [member, place]]) });
}

/** `copy` is made of `original`, and stands where that does. */
export function keepPlace<Copy extends object>(original: object, copy: Copy): Copy {
  const noted = places.get(original);
  if (noted && !places.has(copy)) places.set(copy, noted);
  return copy;
}

/** Where a member of an object or a list stands, or, where that is not known, the whole. Undefined for what no file says. */
export function placeOf(value: unknown, member?: string | number): Place | undefined {
  const noted = typeof value === 'object' && value !== null ? places.get(value) : undefined;
  return (member === undefined ? undefined : noted?.members.get(member)) ?? noted?.own;
}

/** As far as it is known, where what lies behind these steps stands. */
export function placeAlong(value: unknown, steps: readonly (string | number)[]): Place | undefined {
  let found = placeOf(value);
  for (const step of steps) {
    found = placeOf(value, step) ?? found;
    value = (value as Record<string | number, unknown> | undefined)?.[step];
  }
  return found;
}

export const inWords = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
