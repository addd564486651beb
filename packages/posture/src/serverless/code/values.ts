import type { FunctionSyntax } from '@ringfence/code';
import { isMembers } from '../../graph/json.ts';
import { keepPlace, type Place } from '../../template/place.ts';

/** What a name stands for; undefined where nothing has it. */
export interface Scope {
  (name: string): unknown;
  /** Within a function: where what the name stands for is written, if that is where the function is called. */
  givenAt?: ((name: string) => Place | undefined) | undefined;
}

/** Something outside of the project, or what nobody can say without running the code, by the way to it: `process.env.STAGE`. */
export class Open {
  readonly way: string;

  constructor(way: string) {
    this.way = way;
  }

  /** As a variable of the framework. */
  toString(): string {
    const [, variable] = /^process\.env\.(\w+)$/.exec(this.way) ?? [];
    return variable === undefined
      ? `\${code:${this.way.replaceAll(/[^\w./-]/g, '')}}`
      : `\${env:${variable}}`;
  }
}

export class Closure {
  readonly syntax: FunctionSyntax;
  readonly scope: Scope;
  readonly path: string;

  constructor(syntax: FunctionSyntax, scope: Scope, path: string) {
    this.syntax = syntax;
    this.scope = scope;
    this.path = path;
  }
}

/** Members of what is written or made; not of what is open. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isMembers(value) && !(value instanceof Open) && !(value instanceof Closure);

/** A member of any value, as code gets it. */
export function memberOf(value: unknown, name: string): unknown {
  if (value instanceof Open) return new Open(`${value.way}.${name}`);
  if (Array.isArray(value) && /^\d+$/.test(name)) return value[Number(name)];
  if (name === 'length' && (Array.isArray(value) || typeof value === 'string')) return value.length;
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Whether it counts as true; undefined where that is not known. */
export const isTruthy = (value: unknown): boolean | undefined =>
  value instanceof Open || (typeof value === 'string' && value.includes('${')) ? undefined : Boolean(value);

/** Items of a list, and characters of a text; what is more is open. */
const LONGEST = 100_000;

/** The value, where code has not made too much of it. */
export const bounded = (value: unknown): unknown =>
  (typeof value === 'string' || Array.isArray(value)) && value.length > LONGEST
    ? new Open('too.much')
    : value;

/** A value as YAML would have it; `call` gives what a function returns. What stands in several places is one object still. */
export function asConfig(
  value: unknown,
  call: (closure: Closure) => unknown,
  made = new Map<unknown, unknown>(),
): unknown {
  if (value instanceof Open) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (made.has(value)) return made.get(value);
  // What holds itself is cut.
  made.set(value, undefined);
  const of = (each: unknown) => asConfig(each, call, made);
  const config =
    value instanceof Closure
      ? of(call(value))
      : Array.isArray(value)
        ? keepPlace(value, value.map(of))
        : keepPlace(
            value,
            Object.fromEntries(Object.entries(value).map(([name, member]) => [name, of(member)])),
          );
  made.set(value, config);
  return config;
}
