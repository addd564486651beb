import type { FunctionSyntax } from '../syntax/module.ts';
import type { Listener } from './listener.ts';
import type { Program } from './program.ts';
import { Scope } from './scope.ts';
import { type Closure, unknown, type Value } from './value.ts';

/** What all frames of one run share. */
export interface Run {
  program: Program;
  listener: Listener;
  /** Counts one more thing done; false when the run has done all it may. */
  step(): boolean;
  /** Follows a call of a function of the program. */
  call(closure: Closure, given: Value[], named?: ReadonlyMap<string, Value>): Value;
  exportsOf(path: string): ReadonlyMap<string, Value>;
}

/** A function, or the top level of a file, that is being followed. */
export interface Frame {
  run: Run;
  scope: Scope;
  path: string;
  /** How many branches are around: what is assigned there may not be. */
  branches: number;
  result: Value;
  self: Value;
}

export const makeFrame = (run: Run, path: string, outer?: Scope, self: Value = unknown): Frame => ({
  run,
  scope: new Scope(outer),
  path,
  branches: 0,
  result: unknown,
  self,
});

/** A function as a value. */
export const closureOf = (syntax: FunctionSyntax, { scope, path, self }: Frame): Value => ({
  ...unknown,
  closures: [{ function: syntax, scope, path, self }],
});
