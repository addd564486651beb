import { dirname, relative } from 'node:path';
import type { Expression, Module, Statement } from '@ringfence/code';
import { notePlace, type Place, placeOf } from '../../template/place.ts';
import { readDocument } from '../../template/read-document.ts';
import { givenPlace, parameterPlaces } from './given-places.ts';
import { callMethod, callOutside } from './known-calls.ts';
import { listFrom, objectOf } from './literals.ts';
import type { ConfigModules } from './load-modules.ts';
import { bind, type Context, declare } from './scopes.ts';
import { asConfig, bounded, Closure, isTruthy, memberOf, Open, type Scope } from './values.ts';

const MOST_STEPS = 200_000;
/** Calls and names within one another. */
const DEEPEST = 100;

/** Where the framework runs, and the folder that places start from. */
export interface Folders {
  folder: string;
  root: string;
}

/** What a function is called with, and where that is written. */
interface Arguments {
  given: readonly unknown[];
  places: readonly (Place | undefined)[];
}

/** Says what a configuration is that is code, without running it: what is written in it, put together as far as that needs nothing from outside. */
export class Evaluator implements Context {
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
    try {
      return asConfig(this.#exported(path, 'default'), (closure) =>
        this.#call(closure, { given: [], places: [] }),
      );
    } catch (error) {
      // Nested more deeply than can be followed.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
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
        each.kind === 'import' &&
        each.names.some(({ local }) =>
          names.some((passed) => passed.local === local && passed.exported === '*'),
        )
          ? (this.#modules.find(each.from, path) ?? [])
          : [],
      );
      return (
        passedOn.map((from) => this.#exported(from, name)).find((value) => value !== undefined) ??
        memberOf(whole, name)
      );
    }
    if (whole !== undefined) return whole;
    const all = Object.fromEntries(names.map(({ exported, local }) => [exported, scope(local)]));
    const members = Object.entries(all).map(([key, value]): [string, Place] => [
      key,
      placeOf(value) ?? this.#place(path, { line: 1, column: 1 }),
    ]);
    notePlace(all, this.#place(path, { line: 1, column: 1 }), new Map(members));
    return all;
  }

  imported(specifier: string, name: string, from: string): unknown {
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
    const scope = declare(module.body, outer, module.path, this);
    this.#scopes.set(module.path, scope);
    return scope;
  }

  deeper(way: string, work: () => unknown): unknown {
    if (this.#depth >= DEEPEST || this.#steps >= MOST_STEPS) return new Open(way);
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  evaluate(expression: Expression, scope: Scope, path: string): unknown {
    this.#steps += 1;
    const of = (each: Expression) => this.evaluate(each, scope, path);
    switch (expression.kind) {
      case 'constant':
        return expression.value ?? undefined;
      case 'name':
        return scope(expression.name);
      case 'import':
        return this.imported(expression.from, '*', path);
      case 'join':
        return bounded(expression.parts.map((part) => String(of(part) ?? '')).join(''));
      case 'object':
        return objectOf(
          expression,
          of,
          (at) => this.#place(path, at),
          (each) => givenPlace(each, scope),
        );
      case 'list':
        return bounded(listFrom(expression, of, (at) => this.#place(path, at)));
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
        if (expression.isNew) return new Open('new');
        const places: Place[] = [];
        const given = expression.arguments.flatMap((each) => {
          const value = of(each.kind === 'spread' ? each.value : each);
          const all = each.kind === 'spread' && Array.isArray(value) ? value : [value];
          const place = givenPlace(each, scope) ?? this.#place(path, each.at);
          places.push(...all.map(() => place));
          return all;
        });
        return this.#callOf(expression.callee, { given, places }, scope, path);
      }
      case 'scalar':
        return this.#compare(expression, scope, path);
      default:
        return new Open(expression.kind);
    }
  }

  #choose({ options, condition }: Expression & { kind: 'choice' }, scope: Scope, path: string): unknown {
    const values = options.map((each) => () => this.evaluate(each, scope, path));
    if (!condition) {
      const found = values.map((value) => value());
      const isOpen = (value: unknown) => value instanceof Open;
      return found.find((value) => value && !isOpen(value)) ?? found.find(isOpen) ?? found.at(-1);
    }
    const holds = isTruthy(this.evaluate(condition, scope, path));
    // Of two whose condition is not known the second is what holds without what is special.
    return (holds === true ? values[0] : holds === false ? values[1] : values.at(-1))?.();
  }

  #compare({ operator, parts }: Expression & { kind: 'scalar' }, scope: Scope, path: string): unknown {
    const [left, right] = parts.map((each) => this.evaluate(each, scope, path));
    const isKnown = [left, right].every((value) => isTruthy(value) !== undefined);
    if (operator === 'equal' && isKnown) return left === right;
    if (operator === 'not' && isTruthy(left) !== undefined) return !left;
    return new Open('computed');
  }

  #callOf(callee: Expression, { given, places }: Arguments, scope: Scope, path: string): unknown {
    const way = callee.kind === 'member' ? callee.property : 'call';
    if (callee.kind === 'member') {
      const on = this.evaluate(callee.object, scope, path);
      const call = (argument: unknown, index: number) =>
        given[0] instanceof Closure
          ? this.#call(given[0], { given: [argument, index], places: [placeOf(on, index)] })
          : new Open(way);
      const known = callMethod(on, callee.property, given, call);
      if (known !== undefined) return bounded(known);
    }
    const called = this.evaluate(callee, scope, path);
    if (called instanceof Closure) return this.#call(called, { given, places });
    return called instanceof Open ? callOutside(called, given, this.#folders.folder) : new Open(way);
  }

  #call({ syntax, scope, path }: Closure, { given, places }: Arguments): unknown {
    return this.deeper('call', () => {
      const found = new Map<string, () => unknown>();
      const bound: Scope = (name) => (found.has(name) ? found.get(name)?.() : scope(name));
      const givenAt = new Map<string, Place | undefined>();
      bound.givenAt = (name) => (found.has(name) ? givenAt.get(name) : scope.givenAt?.(name));
      for (const [index, parameter] of syntax.parameters.entries()) {
        const isRest = parameter.kind === 'spread';
        const one = given[index] ?? (given.length === 0 ? new Open('parameter') : undefined);
        const value = isRest ? given.slice(index) : one;
        const target = isRest ? parameter.value : parameter;
        bind(target, () => value, { found, scope: bound, path, context: this });
        for (const [name, place] of parameterPlaces(parameter, value, places[index]))
          givenAt.set(name, place);
      }
      return this.#run(syntax.body, bound, path)?.returned;
    });
  }

  /** Undefined where nothing is returned. */
  #run(body: readonly Statement[], outer: Scope, path: string): { returned: unknown } | undefined {
    const scope = declare(body, outer, path, this);
    for (const statement of body) {
      if (statement.kind === 'return')
        return { returned: statement.value && this.evaluate(statement.value, scope, path) };
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
      const holds = condition === undefined ? true : isTruthy(this.evaluate(condition, scope, path));
      if (holds === undefined) return branches.at(-1);
      if (holds) return branch;
    }
    return undefined;
  }

  #place(path: string, { line, column }: Expression['at']): Place {
    return { file: relative(this.#folders.root, path), line, column };
  }
}
