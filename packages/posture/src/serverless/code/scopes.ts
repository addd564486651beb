import type { Expression, Statement } from '@ringfence/code';
import { localPlaces } from './given-places.ts';
import { Closure, memberOf, Open, type Scope } from './values.ts';

/** What says what the parts of a program are. */
export interface Context {
  evaluate(expression: Expression, scope: Scope, path: string): unknown;
  imported(specifier: string, name: string, from: string): unknown;
  /** What `work` gives; open, where it goes too deep. */
  deeper(way: string, work: () => unknown): unknown;
}

type Names = Map<string, () => unknown>;

/** Where names are declared. */
interface Declaring {
  found: Names;
  scope: Scope;
  path: string;
  context: Context;
}

/** What is found is kept; what needs itself is open. */
function once(found: Names, name: string, find: () => unknown, context: Context): unknown {
  found.set(name, () => new Open(name));
  const value = context.deeper(name, find);
  found.set(name, () => value);
  return value;
}

/** `module.exports = …`, `module.exports.name = …` and `exports.name = …`. */
function bindExport(
  { object: of, property }: Expression & { kind: 'member' },
  value: () => unknown,
  found: Names,
): void {
  const isNamed = (each: Expression, name: string) => each.kind === 'name' && each.name === name;
  if (isNamed(of, 'module') && property === 'exports') found.set('module.exports', value);
  const isOfModule = of.kind === 'member' && isNamed(of.object, 'module') && of.property === 'exports';
  if (!isOfModule && !isNamed(of, 'exports')) return;
  const before = found.get('module.exports');
  found.set('module.exports', () => ({ ...(before?.() as object | undefined), [property]: value() }));
}

const itemsFrom = (list: unknown, index: number): unknown =>
  Array.isArray(list) ? list.slice(index) : new Open('rest');

/** Gives what a pattern names its values. */
export function bind(target: Expression, value: () => unknown, where: Declaring): void {
  const { found, scope, path, context } = where;
  if (target.kind === 'name') found.set(target.name, value);
  else if (target.kind === 'choice') {
    const [own, otherwise] = target.options;
    const chosen = () => value() ?? (otherwise ? context.evaluate(otherwise, scope, path) : undefined);
    if (own) bind(own, chosen, where);
  } else if (target.kind === 'object')
    for (const { key, value: member } of target.entries) {
      if (key !== undefined) bind(member, () => memberOf(value(), key), where);
    }
  else if (target.kind === 'list')
    for (const [index, item] of target.items.entries())
      if (item.kind === 'spread') bind(item.value, () => itemsFrom(value(), index), where);
      else bind(item, () => memberOf(value(), String(index)), where);
  else if (target.kind === 'member') bindExport(target, value, found);
}

/** The names that statements declare, each found when it is asked for. */
export function declare(body: readonly Statement[], outer: Scope, path: string, context: Context): Scope {
  const found: Names = new Map();
  const scope: Scope = (name) => {
    const find = found.get(name);
    return find ? once(found, name, find, context) : outer(name);
  };
  for (const statement of body)
    switch (statement.kind) {
      case 'import':
        for (const { name, local } of statement.names)
          found.set(local, () => context.imported(statement.from, name, path));
        break;
      case 'function':
        found.set(statement.name, () => new Closure(statement.function, scope, path));
        break;
      case 'assign': {
        const value = () => context.evaluate(statement.value, scope, path);
        bind(statement.target, value, { found, scope, path, context });
        break;
      }
      default:
    }
  scope.givenAt = localPlaces(body, scope, outer, context);
  return scope;
}
