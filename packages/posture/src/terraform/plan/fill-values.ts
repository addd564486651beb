import { literal } from '../../template/substitution.ts';
import { isObject } from '../evaluate/values.ts';
import type { KnownIdentities } from './known-identities.ts';

/** Levels of one value. */
const DEEPEST = 60;

export interface Filler {
  identities: KnownIdentities;
  /** What stands for a value that is not known before it is made. */
  fill(argument: string, expression: unknown): unknown;
  asker: string;
}

const isExpression = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && ('references' in value || 'constant_value' in value);

/** Plans and states have all arguments; those that nobody sets are null, or empty. */
const isSet = (value: unknown) =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** A value of a plan with references, where it has what a resource has. */
export function refer(value: unknown, argument: string, filler: Filler, depth = 0): unknown {
  if (typeof value === 'string') return filler.identities.refer(literal(value), argument, filler.asker);
  if (depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => refer(item, argument, filler, depth + 1));
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => isSet(member))
          .map(([name, member]) => [name, refer(member, name, filler, depth + 1)]),
      )
    : value;
}

/** The arguments of a resource or a block; those that are not known before it is made are what they refer to. */
export function fillValues(
  values: Readonly<Record<string, unknown>>,
  expressions: Readonly<Record<string, unknown>>,
  filler: Filler,
): Record<string, unknown> {
  const known = Object.entries(values)
    .filter(([, value]) => isSet(value))
    .map(([name, value]): [string, unknown] => {
      const written = expressions[name];
      const blocks = Array.isArray(written)
        ? written
        : isObject(written) && !isExpression(written)
          ? [written]
          : [];
      return [
        name,
        Array.isArray(value) && blocks.length > 0
          ? value.map((block, index) =>
              isObject(block)
                ? fillValues(block, isObject(blocks[index]) ? blocks[index] : {}, filler)
                : refer(block, name, filler),
            )
          : refer(value, name, filler),
      ];
    });
  const open = Object.entries(expressions)
    .filter(([name, expression]) => (values[name] ?? null) === null && isExpression(expression))
    .map(([name, expression]): [string, unknown] => [name, filler.fill(name, expression)])
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries([...known, ...open]);
}
