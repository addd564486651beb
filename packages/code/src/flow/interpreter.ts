import type { FunctionSyntax } from '../syntax/module.ts';
import { bindParameters } from './bind-parameters.ts';
import { construct } from './construct.ts';
import { evaluate } from './evaluate.ts';
import { makeFrame, type Run } from './frame.ts';
import type { Listener } from './listener.ts';
import type { Program } from './program.ts';
import { runModule } from './run-module.ts';
import { runStatements } from './run-statement.ts';
import type { Scope } from './scope.ts';
import { type Closure, fingerprint, ofFields, unknown, type Value } from './value.ts';

/** Statements and expressions that are followed in one run; what needs more is cut short. */
const mostSteps = 150_000;
const deepestCall = 24;

/** Follows values through a program without running it. Each function is followed for what it is called with. */
export class Interpreter {
  readonly #run: Run;
  readonly #exports = new Map<string, Map<string, Value>>();
  readonly #running: FunctionSyntax[] = [];
  readonly #results = new WeakMap<Scope, Map<FunctionSyntax, Map<string, Value>>>();
  #steps = 0;

  constructor(program: Program, listener: Listener) {
    this.#run = {
      program,
      listener,
      step: () => ++this.#steps < mostSteps,
      call: (closure, given, named = new Map()) => this.#call(closure, given, named),
      exportsOf: (path) => this.#exportsOf(path),
    };
  }

  /** Whether the program was too much to be followed whole. */
  get isPartial(): boolean {
    return this.#steps >= mostSteps;
  }

  /** What a file exports, by name; its top level is followed when it is first asked for. `default` is also what CommonJS exports as a whole. */
  exportsOf(path: string): ReadonlyMap<string, Value> {
    return this.#limited(() => this.#exportsOf(path)) ?? new Map();
  }

  /** Follows a call of a function of the program. */
  call(closure: Closure, given: Value[]): Value {
    return this.#limited(() => this.#call(closure, given, new Map())) ?? unknown;
  }

  /** Code that is nested deeper than the stack ends the run. */
  #limited<Result>(work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#running.length = 0;
      this.#steps = mostSteps;
      return undefined;
    }
  }

  #exportsOf(path: string): ReadonlyMap<string, Value> {
    const known = this.#exports.get(path);
    if (known) return known;
    const exports = new Map<string, Value>();
    this.#exports.set(path, exports);
    const module = this.#run.program.modules.get(path);
    if (module) runModule(module, exports, this.#run);
    return exports;
  }

  #call(closure: Closure, given: Value[], named: ReadonlyMap<string, Value>): Value {
    if (closure.class) return construct(closure, given, named, this.#run);
    const { function: called } = closure;
    if (
      !called ||
      this.#running.length >= deepestCall ||
      this.#running.filter((each) => each === called).length > 1
    )
      return unknown;
    const results = this.#resultsOf(closure.scope, called);
    const key = [...given, ofFields(named), closure.self ?? unknown]
      .map((each) => fingerprint(each))
      .join('|');
    const known = results.get(key);
    if (known) return known;
    results.set(key, unknown);
    this.#running.push(called);
    const frame = makeFrame(this.#run, closure.path, closure.scope, closure.self);
    for (const each of closure.decorators ?? [])
      evaluate(each, makeFrame(this.#run, closure.path, closure.scope));
    bindParameters(called, given, named, frame);
    runStatements(called.body, frame);
    this.#running.pop();
    results.set(key, frame.result);
    return frame.result;
  }

  /** By scope as well: the same function made twice may see other values. */
  #resultsOf(scope: Scope, called: FunctionSyntax): Map<string, Value> {
    const byFunction = this.#results.get(scope) ?? new Map<FunctionSyntax, Map<string, Value>>();
    this.#results.set(scope, byFunction);
    const results = byFunction.get(called) ?? new Map<string, Value>();
    byFunction.set(called, results);
    return results;
  }
}
