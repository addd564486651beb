import type { Expression, FunctionSyntax, Module, Position, Statement } from '../syntax/module.ts';
import { type Binder, bind } from './bind.ts';
import type { Program } from './program.ts';
import { Scope } from './scope.ts';
import {
  type Closure,
  concatenate,
  fingerprint,
  itemOf,
  join,
  memberOf,
  ofEnvironment,
  ofFields,
  ofSymbol,
  ofText,
  type Place,
  type Taint,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './value.ts';

/** A call of something outside of the program. */
export interface OutsideCall {
  /** The way to what is called, such as `child_process.exec`; `new` in front of constructors is left out. */
  symbol: string;
  arguments: Value[];
  named: ReadonlyMap<string, Value>;
  place: Place;
  /** What it is called on, and what that comes from. */
  receiver: Value;
}

export interface Listener {
  onCall?(call: OutsideCall): void;
  /** For what a call makes its arguments harmless; `all` for everything. Undefined: it passes them on. */
  makesSafe?(symbol: string): readonly string[] | 'all' | undefined;
}

/** Statements that are run for one entry; what needs more is cut short. */
const mostSteps = 400_000;
const deepestCall = 24;

const withoutNode = (specifier: string) => specifier.replace(/^node:/, '');

/** What a function gives back, and what it is in. */
interface Frame {
  scope: Scope;
  path: string;
  /** How many branches are around: what is assigned there may not be. */
  branches: number;
  result: Value;
  self: Value;
}

/** Follows values through a program without running it. Each function is followed for what it is called with. */
export class Interpreter {
  readonly #program: Program;
  readonly #listener: Listener;
  readonly #exports = new Map<string, Map<string, Value>>();
  readonly #running: FunctionSyntax[] = [];
  readonly #results = new Map<FunctionSyntax, Map<string, Value>>();
  #steps = 0;

  constructor(program: Program, listener: Listener) {
    this.#program = program;
    this.#listener = listener;
  }

  /** Whether the program was too much to be followed whole. */
  get isPartial(): boolean {
    return this.#steps >= mostSteps;
  }

  /** What a file exports, by name; its top level is followed when it is first asked for. `default` is also what CommonJS exports as a whole. */
  exportsOf(path: string): ReadonlyMap<string, Value> {
    const known = this.#exports.get(path);
    if (known) return known;
    const exports = new Map<string, Value>();
    this.#exports.set(path, exports);
    const module = this.#program.modules.get(path);
    if (module) this.#runModule(module, exports);
    return exports;
  }

  /** Follows a call of a function of the program. */
  call(closure: Closure, given: Value[], named: ReadonlyMap<string, Value> = new Map()): Value {
    if (closure.class) return this.#construct(closure, given, named);
    const { function: called } = closure;
    if (
      !called ||
      this.#running.length >= deepestCall ||
      this.#running.filter((each) => each === called).length > 1
    )
      return unknown;
    const key = [
      ...given,
      ...[...named].map(([name, value]) => ofFields([[name, value]])),
      closure.self ?? unknown,
    ]
      .map((value) => fingerprint(value))
      .join('|');
    const results = this.#results.get(called) ?? new Map<string, Value>();
    this.#results.set(called, results);
    const known = results.get(key);
    if (known) return known;
    results.set(key, unknown);
    this.#running.push(called);
    const frame: Frame = {
      scope: new Scope(closure.scope),
      path: closure.path,
      branches: 0,
      result: unknown,
      self: closure.self ?? unknown,
    };
    this.#bindParameters(called, given, named, frame);
    this.#run(called.body, frame);
    this.#running.pop();
    results.set(key, frame.result);
    return frame.result;
  }

  #runModule(module: Module, exports: Map<string, Value>): void {
    const scope = new Scope();
    const whole = ofFields([]);
    scope.declare('exports', whole);
    scope.declare('module', ofFields([['exports', whole]]));
    const frame: Frame = { scope, path: module.path, branches: 0, result: unknown, self: unknown };
    // Python's names are exports, and may be asked for while the module is still at work.
    this.#run(module.body, frame);
    for (const [name, value] of this.#declared(module, scope)) exports.set(name, value);
    const common = memberOf(scope.get('module') ?? unknown, 'exports');
    for (const [name, value] of common.fields?.named ?? [])
      exports.set(name, join(exports.get(name) ?? unknown, value));
    if (!exports.has('default') && (common.closures.length > 0 || (common.fields?.named.size ?? 0) > 0))
      exports.set('default', common);
  }

  #declared(module: Module, scope: Scope): [string, Value][] {
    return module.body.flatMap((statement): [string, Value][] => {
      const value = (name: string) => scope.get(name) ?? unknown;
      if (statement.kind === 'export')
        return statement.names.flatMap(({ local, exported }) =>
          exported === '*' ? [...this.#spread(value(local))] : [[exported, value(local)] as [string, Value]],
        );
      if (module.language !== 'python') return [];
      if (statement.kind === 'function' || statement.kind === 'class')
        return [[statement.name, value(statement.name)]];
      if (statement.kind === 'import') return statement.names.map(({ local }) => [local, value(local)]);
      return statement.kind === 'assign' && statement.target.kind === 'name'
        ? [[statement.target.name, value(statement.target.name)]]
        : [];
    });
  }

  #spread(value: Value): Map<string, Value> {
    return value.fields?.named ?? new Map();
  }

  #bindParameters(
    { parameters }: FunctionSyntax,
    given: Value[],
    named: ReadonlyMap<string, Value>,
    frame: Frame,
  ): void {
    const binder = this.#binder(frame, true);
    // A method of Python names what it is called on.
    const isMethod =
      frame.path.endsWith('.py') && parameters[0]?.kind === 'name' && /^(self|cls)$/.test(parameters[0].name);
    const values = isMethod ? [frame.self, ...given] : given;
    for (const [index, parameter] of parameters.entries()) {
      if (parameter.kind === 'spread') {
        bind(parameter.value, ofFields(named, join(...values.slice(index))), binder);
        continue;
      }
      const target = parameter.kind === 'choice' ? parameter.options[0] : parameter;
      const byName = target?.kind === 'name' ? named.get(target.name) : undefined;
      bind(parameter, byName ?? values[index] ?? unknown, binder);
    }
  }

  #run(statements: Statement[], frame: Frame): void {
    // Functions may be called above the place where they stand.
    for (const statement of statements)
      if (statement.kind === 'function')
        frame.scope.declare(statement.name, this.#closure(statement.function, frame));
    for (const statement of statements) {
      if (++this.#steps >= mostSteps) return;
      this.#runOne(statement, frame);
    }
  }

  #runOne(statement: Statement, frame: Frame): void {
    switch (statement.kind) {
      case 'expression':
        this.#evaluate(statement.value, frame);
        return;
      case 'assign':
        this.#assign(statement.target, this.#evaluate(statement.value, frame), frame);
        return;
      case 'return':
        if (statement.value) frame.result = join(frame.result, this.#evaluate(statement.value, frame));
        return;
      case 'branch':
        frame.branches++;
        // What a loop leaves behind meets it again.
        for (let round = 0; round < (statement.isLoop ? 2 : 1); round++)
          for (const branch of statement.branches) this.#run(branch, frame);
        frame.branches--;
        return;
      case 'class': {
        const bases = statement.bases.map((base) => this.#evaluate(base, frame));
        const closure: Closure = {
          class: { name: statement.name, bases, body: statement.body },
          scope: frame.scope,
          path: frame.path,
        };
        frame.scope.declare(statement.name, { ...unknown, closures: [closure] });
        return;
      }
      case 'function':
        for (const decorator of statement.decorators) this.#evaluate(decorator, frame);
        return;
      case 'import':
        for (const { name, local } of statement.names)
          frame.scope.declare(local, this.#import(statement.from, name, frame.path));
        if (statement.names.length === 0) this.#import(statement.from, '*', frame.path);
        return;
      case 'export':
        return;
    }
  }

  /** `name` of a module: `*` is the module itself. */
  #import(specifier: string, name: string, from: string): Value {
    const path = this.#program.resolve(from, specifier);
    if (path === undefined) {
      // from . import x, and from package import module.
      const inner =
        name === '*'
          ? undefined
          : this.#program.resolve(from, specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`);
      if (inner !== undefined && from.endsWith('.py')) return ofFields(this.exportsOf(inner));
      const symbol = withoutNode(specifier);
      return ofSymbol(name === '*' || name === 'default' ? symbol : `${symbol}.${name}`);
    }
    const exports = this.exportsOf(path);
    const own = exports.get(name);
    if (own) return own;
    const whole = exports.get('default');
    if (name === '*') return join(ofFields(exports), whole ?? unknown);
    return whole ? memberOf(whole, name) : unknown;
  }

  #closure(syntax: FunctionSyntax, frame: Frame): Value {
    return {
      ...unknown,
      closures: [{ function: syntax, scope: frame.scope, path: frame.path, self: frame.self }],
    };
  }

  #binder(frame: Frame, isDeclaration: boolean): Binder {
    return {
      name: (name, value) =>
        isDeclaration
          ? frame.scope.declare(name, value)
          : frame.scope.assign(name, value, frame.branches === 0),
      member: (target, value) => this.#assignMember(target, value, frame),
      evaluate: (expression) => this.#evaluate(expression, frame),
    };
  }

  #assign(target: Expression, value: Value, frame: Frame): void {
    bind(target, value, this.#binder(frame, false));
  }

  #assignMember(target: Expression, value: Value, frame: Frame): void {
    if (target.kind !== 'member' && target.kind !== 'element') return;
    const object = this.#evaluate(target.object, frame);
    if (target.kind === 'element') this.#evaluate(target.index, frame);
    if (object.fields) {
      const { named } = object.fields;
      if (target.kind === 'member')
        named.set(
          target.property,
          frame.branches === 0 ? value : join(named.get(target.property) ?? unknown, value),
        );
      else object.fields.others = join(object.fields.others ?? unknown, value);
    } else if (target.object.kind === 'name') {
      const fields = target.kind === 'member' ? ofFields([[target.property, value]]) : ofFields([], value);
      frame.scope.assign(target.object.name, join(object, fields), true);
    }
  }

  #evaluate(expression: Expression, frame: Frame): Value {
    if (++this.#steps >= mostSteps) return unknown;
    const all = (parts: Expression[]) => parts.map((part) => this.#evaluate(part, frame));
    switch (expression.kind) {
      case 'name':
        if (expression.name === 'this') return frame.self;
        return frame.scope.get(expression.name) ?? ofSymbol(expression.name);
      case 'constant':
        return expression.value === null ? unknown : ofText(String(expression.value));
      case 'join':
        return concatenate(all(expression.parts));
      case 'member':
        return memberOf(this.#evaluate(expression.object, frame), expression.property);
      case 'element':
        this.#evaluate(expression.index, frame);
        return itemOf(this.#evaluate(expression.object, frame));
      case 'call':
        return this.#evaluateCall(expression, frame);
      case 'object':
        return this.#evaluateObject(expression.entries, frame);
      case 'list': {
        const items = all(expression.items);
        return ofFields(
          expression.items.some(({ kind }) => kind === 'spread')
            ? []
            : items.map((item, index) => [String(index), item]),
          join(...items),
        );
      }
      case 'function':
        return this.#closure(expression.function, frame);
      case 'choice':
        return join(...all(expression.options));
      case 'assignment': {
        const value = this.#evaluate(expression.value, frame);
        this.#assign(expression.target, value, frame);
        return value;
      }
      case 'import':
        return this.#import(expression.from, '*', frame.path);
      case 'spread':
        return itemOf(this.#evaluate(expression.value, frame));
      case 'scalar':
        all(expression.parts);
        return unknown;
      case 'other':
        return tainted(all(expression.parts).flatMap((value) => taintsOf(value)));
    }
  }

  #evaluateObject(entries: { key?: string; value: Expression; isSpread?: boolean }[], frame: Frame): Value {
    const object = ofFields([]);
    const fields = object.fields as NonNullable<Value['fields']>;
    let taints: readonly Taint[] = [];
    for (const { key, value, isSpread } of entries) {
      const read = this.#evaluate(value, frame);
      if (key !== undefined) fields.named.set(key, read);
      else if (isSpread) {
        for (const [name, field] of this.#spread(read)) fields.named.set(name, field);
        taints = [...taints, ...read.taints];
      } else fields.others = join(fields.others ?? unknown, read);
    }
    return { ...object, taints };
  }

  #evaluateCall(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Value {
    const { callee, at } = expression;
    const receiver =
      callee.kind === 'member' || callee.kind === 'element' ? this.#evaluate(callee.object, frame) : unknown;
    const called =
      callee.kind === 'member'
        ? memberOf(receiver, callee.property)
        : callee.kind === 'element'
          ? itemOf(receiver)
          : this.#evaluate(callee, frame);
    const given = expression.arguments.map((argument) => this.#evaluate(argument, frame));
    const named = new Map(expression.named.map(({ name, value }) => [name, this.#evaluate(value, frame)]));
    const results = called.closures.map((closure) => this.call(closure, given, named));
    const place = { path: frame.path, ...at };
    for (const symbol of called.symbols)
      results.push(this.#callOutside({ symbol, arguments: given, named, place, receiver }));
    const isOutside = called.symbols.length > 0 || called.closures.length === 0;
    if (called.symbols.length === 0 && called.closures.length === 0) {
      // A method of a value of the program: a text's, a list's.
      const symbol = callee.kind === 'member' ? `.${callee.property}` : '()';
      results.push(
        this.#callOutside({ symbol, arguments: given, named, place, receiver: join(receiver, called) }),
      );
    }
    const result = join(...results);
    if (isOutside) this.#callBack(given, join(itemOf(receiver), result));
    return passPlace(result, place);
  }

  /** A function that is handed out is called with what comes out. */
  #callBack(given: Value[], value: Value): void {
    for (const { closures } of given)
      for (const closure of closures) if (!closure.class) this.call(closure, [value, value, value]);
  }

  #callOutside(call: OutsideCall): Value {
    const { symbol, receiver, named } = call;
    this.#listener.onCall?.(call);
    const [first] = call.arguments;
    const constant =
      first?.texts.length === 1 && first.texts[0]?.length === 1 ? first.texts[0][0] : undefined;
    const text = constant && 'text' in constant ? constant.text : undefined;
    if (text !== undefined && /^(os\.getenv|os\.environ\.get)$/.test(symbol))
      return join(ofEnvironment(text), call.arguments[1] ?? unknown);
    const safe = this.#listener.makesSafe?.(symbol);
    const passed = [receiver, ...call.arguments, ...named.values()].flatMap((value) => taintsOf(value));
    const taints =
      safe === 'all'
        ? []
        : passed.map((taint) =>
            safe ? { ...taint, safeFor: [...new Set([...taint.safeFor, ...safe])].sort() } : taint,
          );
    const isShort = text !== undefined && text.length <= 64;
    const result =
      symbol.length > 200 ? unknown : ofSymbol(`${symbol}(${isShort ? JSON.stringify(text) : ''})`);
    // Texts and lists stay what they are under most of their methods.
    const kept = symbol.startsWith('.')
      ? { ...unknown, ...(receiver.fields && { fields: receiver.fields }) }
      : result;
    return join(kept, tainted(taints));
  }

  #construct(closure: Closure, given: Value[], named: ReadonlyMap<string, Value>): Value {
    const { class: made } = closure;
    if (!made) return unknown;
    const instance = ofFields([]);
    const fields = instance.fields as NonNullable<Value['fields']>;
    for (const base of made.bases)
      for (const each of base.closures)
        if (each.class && each !== closure)
          for (const [name, value] of this.#spread(this.#construct(each, given, named)))
            fields.named.set(name, value);
    const frame: Frame = {
      scope: new Scope(closure.scope),
      path: closure.path,
      branches: 0,
      result: unknown,
      self: instance,
    };
    for (const member of made.body) {
      if (member.kind === 'function') fields.named.set(member.name, this.#closure(member.function, frame));
      else if (member.kind === 'assign' && member.target.kind === 'name')
        fields.named.set(member.target.name, this.#evaluate(member.value, frame));
    }
    const initial = fields.named.get('constructor') ?? fields.named.get('__init__');
    for (const each of initial?.closures ?? []) this.call({ ...each, self: instance }, given, named);
    const outer = made.bases.flatMap(({ symbols }) => symbols.map((symbol) => `${symbol}()`));
    return { ...instance, symbols: outer };
  }
}

/** Adds a place to the way that tainted values have come. */
function passPlace(value: Value, place: Place & Position): Value {
  if (value.taints.length === 0) return value;
  const isNew = ({ places }: Taint) => places.length < 8 && places.at(-1)?.line !== place.line;
  return {
    ...value,
    taints: value.taints.map((taint) =>
      isNew(taint) ? { ...taint, places: [...taint.places, place] } : taint,
    ),
  };
}
