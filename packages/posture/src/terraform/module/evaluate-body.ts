import { notePlace, type Place } from '../../template/place.ts';
import { hole } from '../../template/substitution.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { type Scope, withNames } from '../evaluate/scope.ts';
import { entriesOf, Missing } from '../evaluate/values.ts';
import type { Block, Body, Expression } from '../hcl/syntax.ts';
import { lazily } from './once.ts';

export type Values = Record<string, unknown>;

/** What says how a resource is made, and is none of its own. */
const meta = new Set([
  ...['count', 'for_each', 'depends_on', 'provider', 'providers', 'lifecycle', 'provisioner', 'connection'],
  'timeouts',
]);

/** What the expression gives; a hole where it asks for what is not there. */
export function evaluateOr(expression: Expression, scope: Scope, name: string): unknown {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (error instanceof Missing) return hole(name);
    throw error;
  }
}

/** A dynamic block stands for as many as its collection has items; for one where that is not known. */
function expand(block: Block, scope: Scope): { type: string; body: Body; scope: Scope; at: Place }[] {
  const [type = ''] = block.labels;
  if (block.type !== 'dynamic') return [{ ...block, scope }];
  const collection = block.body.attributes.get('for_each')?.value;
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  if (!collection || !content) return [];
  const iterator = block.body.attributes.get('iterator')?.value;
  const name = iterator?.kind === 'name' ? iterator.name : type;
  const entries = entriesOf(evaluateOr(collection, scope, 'for_each')) ?? [
    [hole(`${name}.key`), hole(`${name}.value`)],
  ];
  return entries.map(([key, value]) => {
    const item = lazily(name, (member) => (member === 'key' ? key : value));
    return { type, body: content.body, scope: withNames(scope, new Map([[name, item]])), at: block.at };
  });
}

/** The arguments of a block, and its blocks as lists of such, as a plan has them. */
export function evaluateBody(body: Body, scope: Scope, at: Place): Values {
  const values: Values = {};
  const members = new Map<string, Place>();
  for (const [name, { value, at: place }] of body.attributes) {
    if (meta.has(name)) continue;
    const result = evaluateOr(value, scope, name);
    if (result === null) continue;
    values[name] = result;
    members.set(name, place);
  }
  const lists = new Map<string, { list: Values[]; places: Map<number, Place> }>();
  for (const written of body.blocks)
    for (const block of meta.has(written.type) ? [] : expand(written, scope)) {
      const { list, places } = lists.get(block.type) ?? { list: [] as Values[], places: new Map() };
      places.set(list.length, block.at);
      list.push(evaluateBody(block.body, block.scope, block.at));
      lists.set(block.type, { list, places });
    }
  for (const [type, { list, places }] of lists) {
    const first = places.get(0) ?? at;
    notePlace(list, first, places);
    values[type] = list;
    members.set(type, first);
  }
  notePlace(values, at, members);
  return values;
}
