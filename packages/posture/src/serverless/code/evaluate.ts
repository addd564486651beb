import { dirname, relative } from 'node:path';
import type { Expression, Module, Statement } from '@ringfence/code';
import { notePlace, type Place, placeOf } from '../../template/place.ts';
import { readDocument } from '../../template/read-document.ts';
import { callMethod, callOutside } from './known-calls.ts';
import type { ConfigModules } from './load-modules.ts';
import { asConfig, Closure, isObject, isTruthy, memberOf, Open, type Scope } from './values.ts';

const MOST_STEPS = 200_000;
/** Calls and names within one another. */
const DEEPEST = 100;

/** Where the framework runs, and the folder that places start from. */
export interface Folders {
  folder: string;
  root: string;
}

/** Says what a configuration is that is code, without running it: what is written in it, put together as far as that needs nothing from outside. */
export class Evaluator {
  readonly #modules: ConfigModules;
  readonly #folders: Folders;
  readonly #scopes = new Map<string, Scope>();
  #steps = 0;
  #depth = 0;

  constructor(modules: ConfigModules, folders: Folders) {
    this.#modules = modules;
    this.#folders = folders;
  }

  /** What a file exports, as YAML would have it; undefined for one that is not among the modules. */
  configOf(path: string): unknown {
    if (!this.#modules.modules.has(path)) return undefined;
    return asConfig(this.#exported(path, 'default'), (closure) => this.#call(closure, []));
  }

  /** A member that a file exports; `default` is all of it where it has none, and `*` always. */
  #exported(path: string, name: string): unknown {
    if (path.endsWith('.json')) return readDocument(path, relative(this.#folders.root, path));
    const module = this.#modules.modules.get(path);
    if (!module) return new Open(path);
    const scope = this.#scopeOf(module);
    const names = module.body.flatMap((each) => (each.kind === 'export' ? each.names : []));
    const own = names.find(({ exported }) => exported === name);
    if (own) return scope(own.local);
    const whole = scope('module.exports');
    if (name !== '*' && name !== 'default') {
      const passedOn = module.body.flatMap((each) =>
        each.kind === 'import' && each.names.some(({ local }) => local === 'export *')
          ? (this.#modules.find(each.from, path) ?? [])
          : [],
      );
      return (
        passedOn.map((from) => this.#exported(from, name)).find((value) => value !== undefined) ??
        memberOf(whole, name)
      );
    }
    if (whole !== undefined) return whole;
    return Object.fromEntries(names.map(({ exported, local }) => [exported, scope(local)]));
  }

  #imported(specifier: string, name: string, from: string): unknown {
    const path = this.#modules.find(specifier, from);
    if (path !== undefined) return this.#exported(path, name);
    const way = specifier.replace(/^node:/, '');
    return new Open(name === '*' || name === 'default' ? way : `${way}.${name}`);
  }

  #scopeOf(module: Module): Scope {
    const known = this.#scopes.get(module.path);
    if (known) return known;
    const outer: Scope = (name) => {
      if (name === '__dirname') return dirname(module.path);
      return /^(export |module\.exports)/.test(name) ? undefined : new Open(name);
    };
    const scope = this.#declare(module.body, outer, module.path);
    this.#scopes.set(module.path, scope);
    return scope;
  }

  /** The names that statements declare, each found when it is asked for. */
  #declare(body: readonly Statement[], outer: Scope, path: string): Scope {
    const found = new Map<string, () => unknown>();
    const scope: Scope = (name) => {
      const find = found.get(name);
      return find ? this.#once(found, name, find) : outer(name);
    };
    for (const statement of body)
      switch (statement.kind) {
        case 'import':
          for (const { name, local } of statement.names)
            found.set(local, () => this.#imported(statement.from, name, path));
          break;
        case 'function':
          found.set(statement.name, () => new Closure(statement.function, scope, path));
          break;
        case 'assign': {
          const value = () => this.#evaluate(statement.value, scope, path);
          this.#bind(statement.target, value, found, scope, path);
          break;
        }
        default:
      }
    return scope;
  }

  /** What is found is kept; what needs itself is open. */
  #once(found: Map<string, () => unknown>, name: string, find: () => unknown): unknown {
    found.set(name, () => new Open(name));
    const value = this.#deeper(name, find);
    found.set(name, () => value);
    return value;
  }

  #deeper(way: string, work: () => unknown): unknown {
    if (this.#depth >= DEEPEST || this.#steps >= MOST_STEPS) return new Open(way);
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Gives what a pattern names its values. */
  #bind(
    target: Expression,
    value: () => unknown,
    found: Map<string, () => unknown>,
    scope: Scope,
    path: string,
  ): void {
    if (target.kind === 'name') found.set(target.name, value);
    else if (target.kind === 'choice') {
      const [own, otherwise] = target.options;
      if (!own) return;
      const chosen = () => value() ?? (otherwise ? this.#evaluate(otherwise, scope, path) : undefined);
      this.#bind(own, chosen, found, scope, path);
    } else if (target.kind === 'object')
      for (const { key, value: member } of target.entries) {
        if (key !== undefined) this.#bind(member, () => memberOf(value(), key), found, scope, path);
      }
    else if (target.kind === 'list')
      for (const [index, item] of target.items.entries())
        this.#bind(item, () => memberOf(value(), String(index)), found, scope, path);
    else if (target.kind === 'member') this.#export(target, value, found);
  }

  /** `module.exports = …`, `module.exports.name = …` and `exports.name = …`. */
  #export(
    { object: of, property }: Expression & { kind: 'member' },
    value: () => unknown,
    found: Map<string, () => unknown>,
  ): void {
    const isNamed = (each: Expression, name: string) => each.kind === 'name' && each.name === name;
    if (isNamed(of, 'module') && property === 'exports') found.set('module.exports', value);
    const isOfModule = of.kind === 'member' && isNamed(of.object, 'module') && of.property === 'exports';
    if (!isOfModule && !isNamed(of, 'exports')) return;
    const before = found.get('module.exports');
    found.set('module.exports', () => ({ ...(before?.() as object | undefined), [property]: value() }));
  }

  #evaluate(expression: Expression, scope: Scope, path: string): unknown {
    this.#steps += 1;
    const of = (each: Expression) => this.#evaluate(each, scope, path);
    switch (expression.kind) {
      case 'constant':
        return expression.value ?? undefined;
      case 'name':
        return scope(expression.name);
      case 'import':
        return this.#imported(expression.from, '*', path);
      case 'join':
        return expression.parts.map((part) => String(of(part) ?? '')).join('');
      case 'object':
        return this.#object(expression, scope, path);
      case 'list':
        return this.#list(expression, scope, path);
      case 'function':
        return new Closure(expression.function, scope, path);
      case 'member': {
        const isMeta = expression.object.kind === 'other' && expression.property === 'dirname';
        return isMeta ? dirname(path) : memberOf(of(expression.object), expression.property);
      }
      case 'element':
        return memberOf(of(expression.object), String(of(expression.index)));
      case 'choice':
        return this.#choose(expression, scope, path);
      case 'call': {
        const given = expression.arguments.flatMap((each) => {
          const value = of(each.kind === 'spread' ? each.value : each);
          return each.kind === 'spread' && Array.isArray(value) ? value : [value];
        });
        return expression.isNew ? new Open('new') : this.#callOf(expression.callee, given, scope, path);
      }
      case 'scalar':
        return this.#compare(expression, scope, path);
      default:
        return new Open(expression.kind);
    }
  }

  #choose({ options, condition }: Expression & { kind: 'choice' }, scope: Scope, path: string): unknown {
    const values = options.map((each) => () => this.#evaluate(each, scope, path));
    if (!condition) {
      const found = values.map((value) => value());
      const isOpen = (value: unknown) => value instanceof Open;
      return found.find((value) => value && !isOpen(value)) ?? found.find(isOpen) ?? found.at(-1);
    }
    const holds = isTruthy(this.#evaluate(condition, scope, path));
    // Of two whose condition is not known the second is what holds without what is special.
    return (holds === true ? values[0] : holds === false ? values[1] : values.at(-1))?.();
  }

  #compare({ operator, parts }: Expression & { kind: 'scalar' }, scope: Scope, path: string): unknown {
    const [left, right] = parts.map((each) => this.#evaluate(each, scope, path));
    const isKnown = [left, right].every((value) => isTruthy(value) !== undefined);
    if (operator === 'equal' && isKnown) return left === right;
    if (operator === 'not' && isTruthy(left) !== undefined) return !left;
    return new Open('computed');
  }

  #callOf(callee: Expression, given: readonly unknown[], scope: Scope, path: string): unknown {
    const way = callee.kind === 'member' ? callee.property : 'call';
    if (callee.kind === 'member') {
      const on = this.#evaluate(callee.object, scope, path);
      const call = (argument: unknown, index: number) =>
        given[0] instanceof Closure ? this.#call(given[0], [argument, index]) : new Open(way);
      const known = callMethod(on, callee.property, given, call);
      if (known !== undefined) return known;
    }
    const called = this.#evaluate(callee, scope, path);
    if (called instanceof Closure) return this.#call(called, given);
    return called instanceof Open ? callOutside(called, given, this.#folders.folder) : new Open(way);
  }

  #call({ syntax, scope, path }: Closure, given: readonly unknown[]): unknown {
    return this.#deeper('call', () => {
      const found = new Map<string, () => unknown>();
      const bound: Scope = (name) => (found.has(name) ? found.get(name)?.() : scope(name));
      for (const [index, parameter] of syntax.parameters.entries()) {
        const value = given[index] ?? (given.length === 0 ? new Open('parameter') : undefined);
        this.#bind(parameter, () => value, found, bound, path);
      }
      return this.#run(syntax.body, bound, path)?.returned;
    });
  }

  /** Undefined where nothing is returned. */
  #run(body: readonly Statement[], outer: Scope, path: string): { returned: unknown } | undefined {
    const scope = this.#declare(body, outer, path);
    for (const statement of body) {
      if (statement.kind === 'return')
        return { returned: statement.value && this.#evaluate(statement.value, scope, path) };
      if (statement.kind !== 'branch' || statement.isLoop) continue;
      const chosen = this.#branchOf(statement, scope, path);
      const result = chosen && this.#run(chosen, scope, path);
      if (result) return result;
    }
    return undefined;
  }

  /** The first branch whose condition holds; the last, where some condition is not known. */
  #branchOf(
    { branches, conditions = [] }: Statement & { kind: 'branch' },
    scope: Scope,
    path: string,
  ): readonly Statement[] | undefined {
    for (const [index, branch] of branches.entries()) {
      const condition = conditions[index];
      const holds = condition === undefined ? true : isTruthy(this.#evaluate(condition, scope, path));
      if (holds === undefined) return branches.at(-1);
      if (holds) return branch;
    }
    return undefined;
  }

  #object({ entries, at }: Expression & { kind: 'object' }, scope: Scope, path: string): unknown {
    const value: Record<string, unknown> = {};
    const members = new Map<string, Place>();
    for (const { key, value: entry, isSpread } of entries) {
      const member = this.#evaluate(entry, scope, path);
      if (key !== undefined && member !== undefined) {
        value[key] = member;
        members.set(key, this.#place(path, entry.at));
      } else if (isSpread && isObject(member))
        for (const [name, own] of Object.entries(member)) {
          value[name] = own;
          members.set(name, placeOf(member, name) ?? this.#place(path, entry.at));
        }
    }
    notePlace(value, this.#place(path, at), members);
    return value;
  }

  #list({ items, at }: Expression & { kind: 'list' }, scope: Scope, path: string): unknown {
    const members = new Map<number, Place>();
    const values: unknown[] = [];
    for (const item of items) {
      const value = this.#evaluate(item.kind === 'spread' ? item.value : item, scope, path);
      const all = item.kind === 'spread' && Array.isArray(value) ? value : [value];
      for (const each of all) {
        members.set(values.length, this.#place(path, item.at));
        values.push(each);
      }
    }
    notePlace(values, this.#place(path, at), members);
    return values;
  }

  #place(path: string, { line, column }: Expression['at']): Place {
    return { file: relative(this.#folders.root, path), line, column };
  }
}
