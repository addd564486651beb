import { membersOf } from '../graph/json.ts';
import { PostureError } from '../posture-error.ts';
import { inWords, placeOf } from '../template/place.ts';
import { holesOf, known, referenceOf } from '../template/substitution.ts';
import { resolve, type Scope } from './resolve.ts';

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Whether a condition holds, for all that is known of the parameters. */
export type Holding = 'yes' | 'no' | 'maybe';

const opposite: Readonly<Record<Holding, Holding>> = { yes: 'no', no: 'yes', maybe: 'maybe' };

/** Two values of which one or both may be open: a parameter that has only some values equals no other. */
function compare(left: unknown, right: unknown, declared: Readonly<Record<string, unknown>>): Holding {
  const texts = [left, right].map((value) => JSON.stringify(value));
  if (texts[0] === texts[1]) return 'yes';
  if (texts.every((text) => holesOf(text ?? '').length === 0)) return 'no';
  const isLeftOut = [
    [left, right],
    [right, left],
  ].some(([open, value]) => {
    const { AllowedValues } = membersOf(declared[referenceOf(open)?.name.split('/').at(-1) ?? '']);
    return (
      Array.isArray(AllowedValues) &&
      typeof value === 'string' &&
      known(value) !== undefined &&
      !AllowedValues.map(String).includes(value)
    );
  });
  return isLeftOut ? 'no' : 'maybe';
}

/**
 * Makes of a template's conditions what says whether one holds whatever the parameters that nobody has given turn out to be. `declared`: the
 * template's parameters. The conditions must have been found sound by `makeConditions`.
 */
export function makeHoldings(
  conditions: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, unknown>>,
  scopeOf: () => Scope,
): (name: string) => Holding {
  const known = new Map<string, Holding>();
  function holding(name: string): Holding {
    const found = known.get(name) ?? evaluate(conditions[name]);
    known.set(name, found);
    return found;
  }
  function evaluate(condition: unknown): Holding {
    const [[name, argument] = ['', undefined]] = Object.entries((condition ?? {}) as object);
    const parts = () => listOf(argument).map(evaluate);
    switch (name) {
      case 'Condition':
        return holding(String(argument));
      case 'Fn::And':
        return all(parts());
      case 'Fn::Or':
        return opposite[all(parts().map((part) => opposite[part]))];
      case 'Fn::Not':
        return opposite[parts()[0] ?? 'maybe'];
      case 'Fn::Equals': {
        const [left, right] = listOf(argument).map((value) => resolve(value, scopeOf()));
        return compare(left, right, declared);
      }
      default:
        return 'maybe';
    }
  }
  return holding;
}

const all = (parts: readonly Holding[]): Holding => {
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
};

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
