import { keepPlace } from '../../template/place.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Scope } from '../evaluate/scope.ts';
import { isObject } from '../evaluate/values.ts';
import type { Expression } from '../hcl/syntax.ts';

/** A plain value as the type has it: `"3"` is a number where one is asked for. */
function converted(value: unknown, type: string): unknown {
  if (type === 'string')
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof value !== 'string') return value;
  if (type === 'bool') return value === 'true' ? true : value === 'false' ? false : value;
  return type === 'number' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** The value as the type of a variable has it, with what this says for members that are left out: `optional(number, 3)`. */
export function withDefaults(value: unknown, type: Expression, scope: Scope): unknown {
  if (type.kind === 'name') return converted(value, type.name);
  if (type.kind !== 'call') return value;
  const [inner, standard] = type.arguments;
  if (type.name === 'optional' && inner) {
    const given = value ?? (standard ? evaluate(standard, scope) : null);
    return withDefaults(given, inner, scope);
  }
  if (/^(list|set)$/.test(type.name) && inner && Array.isArray(value))
    return keepPlace(
      value,
      value.map((item) => withDefaults(item, inner, scope)),
    );
  if (!isObject(value) || !inner) return value;
  if (type.name === 'map')
    return keepPlace(
      value,
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withDefaults(item, inner, scope)])),
    );
  if (type.name !== 'object' || inner.kind !== 'object') return value;
  const members = inner.entries.flatMap(({ key, value: member }): [string, unknown][] =>
    key.kind === 'constant'
      ? [[String(key.value), withDefaults(value[String(key.value)], member, scope)]]
      : [],
  );
  return keepPlace(value, {
    ...value,
    ...Object.fromEntries(members.filter(([, item]) => item !== undefined)),
  });
}
