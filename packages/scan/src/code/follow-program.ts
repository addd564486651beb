import {
  Interpreter,
  type Listener,
  type Module,
  makeProgram,
  type OutsideCall,
  type Value,
} from '@ringfence/code';
import { findHandlers, type Wrapped } from './find-handlers.ts';
import { checksFor, makesSafe } from './safety.ts';
import { argumentsOf, handlerArguments, isSource } from './sources.ts';

export interface FollowedProgram {
  /** The handlers by file, such as `src/index.mjs`. */
  handlers: string[];
  /** Whether some of the code was too much to be followed. */
  isPartial: boolean;
}

/**
 * Follows a program from its handlers, each called with an event of which nothing is known but that a stranger sends it.
 * @param named handlers as settings name them, such as `src/index.handler`; none: they are found by what they are called
 * @param onCall gets each call of something outside of the program
 * @param onAnswer gets what a handler answers
 */
export function followProgram(
  modules: Module[],
  named: string[],
  onCall: (call: OutsideCall) => void,
  onAnswer: (answer: Value) => void = () => {},
): FollowedProgram {
  const wrapped: Wrapped = [];
  const listener: Listener = {
    onCall(call) {
      const closures = call.arguments.flatMap((value) => value.closures);
      if (closures.length > 0) wrapped.push({ symbol: call.symbol, closures });
      onCall(call);
    },
    makesSafe,
    checksFor,
    argumentsOf,
    isSource,
  };
  const interpreter = new Interpreter(makeProgram(modules), listener);
  const handlers = findHandlers(modules, interpreter, wrapped, named);
  for (const { path, closure } of handlers) {
    const { function: syntax } = closure;
    if (!syntax) continue;
    const names = syntax.parameters.map((parameter) =>
      parameter.kind === 'name' ? parameter.name : undefined,
    );
    onAnswer(interpreter.call(closure, handlerArguments(names, { path, ...syntax.at })));
  }
  return { handlers: handlers.map(({ path }) => path), isPartial: interpreter.isPartial };
}
