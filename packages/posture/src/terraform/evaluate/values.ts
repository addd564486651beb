import { keepPlace } from '../../template/place.ts';
import { hole, holesOf } from '../../template/substitution.ts';

/** What is looked up only when it is asked for: `var`, `local`, a module, a resource. */
export interface Lazy {
  readonly isLazy: true;
  /** What stands for the whole in a text. */
  readonly name: string;
  attribute(name: string): unknown;
}

export const isLazy = (value: unknown): value is Lazy =>
  typeof value === 'object' && value !== null && (value as Partial<Lazy>).isLazy === true;

/** A text of JSON that is made of this value: kept, so that the places in it are. */
export class JsonText {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** An item or a member that is not there; `try` goes on to its next argument. */
export class Missing extends Error {
  override name = 'Missing';
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isLazy(value) &&
  !(value instanceof JsonText);

/** Whether the value itself is not known, but for its name. */
export const isOpen = (value: unknown): value is string =>
  typeof value === 'string' && /^\$\{[^!}][^}]*\}$/.test(value);

/** Whether there is a hole anywhere in the text. */
export const hasHoles = (value: unknown): boolean => typeof value === 'string' && holesOf(value).length > 0;

/** Without what is lazy; texts of JSON become texts when `asTexts`. */
export function plain(value: unknown, asTexts = true): unknown {
  if (value instanceof JsonText) return asTexts ? JSON.stringify(plain(value.value)) : value;
  if (isLazy(value)) return hole(value.name);
  if (Array.isArray(value))
    return keepPlace(
      value,
      value.map((item) => plain(item, asTexts)),
    );
  return isObject(value)
    ? keepPlace(
        value,
        Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, asTexts)])),
      )
    : value;
}

/** A value within a text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  const simple = plain(value);
  return typeof simple === 'string' ? simple : JSON.stringify(simple);
}

/** The items that a collection has with their keys; undefined where it is not known. */
export function entriesOf(value: unknown): [key: string | number, item: unknown][] | undefined {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  if (isObject(value)) return Object.entries(value);
  return value === null ? [] : undefined;
}
