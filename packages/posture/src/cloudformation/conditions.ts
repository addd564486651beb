import { PostureError } from '../posture-error.ts';
import { inWords, placeOf } from '../template/place.ts';
import { resolve, type Scope } from './resolve.ts';

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/**
 * Makes of a template's conditions what says whether one holds. A parameter without a value equals nothing but itself. Throws a
 * `PostureError` for conditions that go round in a circle, and for those that the template does not have.
 */
export function makeConditions(
  conditions: Readonly<Record<string, unknown>>,
  scopeOf: () => Scope,
): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const open = new Set<string>();

  function holds(name: string): boolean {
    const found = known.get(name);
    if (found !== undefined) return found;
    const place = placeOf(conditions, name);
    const where = place ? `${inWords(place)}: ` : '';
    if (!Object.hasOwn(conditions, name)) throw new PostureError(`${where}there is no condition ${name}`);
    if (open.has(name))
      throw new PostureError(`${where}the condition ${name} depends on itself; take it out of the circle`);
    open.add(name);
    const result = evaluate(conditions[name]);
    open.delete(name);
    known.set(name, result);
    return result;
  }

  function evaluate(condition: unknown): boolean {
    const [[name, argument] = ['', undefined]] = Object.entries((condition ?? {}) as object);
    switch (name) {
      case 'Condition':
        return holds(String(argument));
      case 'Fn::And':
        return listOf(argument).every(evaluate);
      case 'Fn::Or':
        return listOf(argument).some(evaluate);
      case 'Fn::Not':
        return !listOf(argument).some(evaluate);
      case 'Fn::Equals': {
        const [left, right] = listOf(argument).map((value) => JSON.stringify(resolve(value, scopeOf())));
        return left === right;
      }
      default:
        return false;
    }
  }
  return holds;
}
