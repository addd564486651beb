import { hole } from '../../template/substitution.ts';
import { type Scope, withNames } from '../evaluate/scope.ts';
import { entriesOf, isObject, isOpen, textOf } from '../evaluate/values.ts';
import type { Block } from '../hcl/syntax.ts';
import { suffixOf } from '../ids.ts';
import { evaluateOr } from './evaluate-body.ts';
import { lazily } from './once.ts';

/** Instances of one block. */
const MOST_INSTANCES = 2_000;

export interface Instance {
  /** The key in brackets; empty where there is but one. */
  suffix: string;
  key?: string | number;
  scope: Scope;
}

export interface Instances {
  kind: 'single' | 'list' | 'map';
  all: Instance[];
  /** Why not all are known. */
  note?: string;
}

function each(key: string | number, value: unknown, scope: Scope): Instance {
  const item = lazily('each', (name) => (name === 'key' ? key : value));
  return { suffix: suffixOf(key), key, scope: withNames(scope, new Map([['each', item]])) };
}

/** The instances that `count` or `for_each` make; one where that is not known. */
export function instancesOf({ body, type, labels, at }: Block, scope: Scope): Instances {
  const count = body.attributes.get('count');
  const forEach = body.attributes.get('for_each');
  const name = [type, ...labels].join('.');
  if (forEach) {
    const given = evaluateOr(forEach.value, scope, 'for_each');
    const entries = isObject(given)
      ? entriesOf(given)
      : Array.isArray(given)
        ? given.map(textAndItem)
        : undefined;
    const known = entries ?? [[hole('each.key'), hole('each.value')] as [string, unknown]];
    scope.budget.spend(at, known.length);
    return {
      kind: 'map',
      all: known.slice(0, MOST_INSTANCES).map(([key, value]) => each(key, value, scope)),
      ...(!entries && { note: `for_each of ${name} is not known: it is read as one` }),
      ...(known.length > MOST_INSTANCES && { note: `only ${MOST_INSTANCES} of ${name} are read` }),
    };
  }
  if (!count) return { kind: 'single', all: [{ suffix: '', scope }] };
  const given = evaluateOr(count.value, scope, 'count');
  const number = isOpen(given) ? 1 : Number(given);
  const isKnown = !isOpen(given) && Number.isInteger(number) && number >= 0 && number <= MOST_INSTANCES;
  return {
    kind: 'list',
    all: Array.from({ length: isKnown ? number : 1 }, (_, index) => ({
      suffix: suffixOf(index),
      key: index,
      scope: withNames(scope, new Map([['count', lazily('count', () => index)]])),
    })),
    ...(!isKnown && { note: `count of ${name} is not known: it is read as one` }),
  };
}

const textAndItem = (item: unknown): [string, unknown] => [textOf(item), item];

/** What a reference to the block gives: one, a list, or an object. */
export function collect<Item>({ kind, all }: Instances, items: readonly Item[]): unknown {
  if (kind === 'single') return items[0];
  return kind === 'list'
    ? [...items]
    : Object.fromEntries(all.map(({ key }, index) => [String(key), items[index]]));
}
