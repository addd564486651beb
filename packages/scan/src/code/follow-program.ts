import {
  Interpreter,
  type Listener,
  type Module,
  makeProgram,
  type OutsideCall,
  type Value,
} from '@ringfence/code';
import { findHandlers, isOfServer, type Wrapped } from './find-handlers.ts';
import { checksFor, makesSafe } from './safety.ts';
import { argumentsOf, handlerArguments, isSource } from './sources.ts';

export interface ProgramListener extends Pick<Listener, 'resultOf' | 'onMember'> {
  /** Gets each call of something outside of the program. */
  onCall(call: OutsideCall): void;
  /** Gets what a handler answers. */
  onAnswer?(answer: Value): void;
}

export interface FollowedProgram {
  /** The handlers by file, such as `src/index.mjs`. */
  handlers: string[];
  /** Whether a named handler is a server's, whose routes are followed, too. */
  isServer: boolean;
  /** Whether some of the code was too much to be followed. */
  isPartial: boolean;
}

/**
 * Follows a program from its handlers, each called with an event of which nothing is known but that a stranger sends it.
 * @param named handlers as settings name them, such as `src/index.handler`; none: they are found by what they are called
 */
export function followProgram(
  modules: Module[],
  named: string[],
  { onCall, onAnswer, ...others }: ProgramListener,
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
    ...others,
  };
  const interpreter = new Interpreter(makeProgram(modules), listener);
  const handlers = findHandlers(modules, interpreter, wrapped, named);
  for (const { path, closure } of handlers) {
    const { function: syntax } = closure;
    if (!syntax) continue;
    const names = syntax.parameters.map((parameter) =>
      parameter.kind === 'name' ? parameter.name : undefined,
    );
    const answer = interpreter.call(closure, handlerArguments(names, { path, ...syntax.at }));
    onAnswer?.(answer);
  }
  return {
    handlers: handlers.map(({ path }) => path),
    isServer: isOfServer(modules, interpreter, named),
    isPartial: interpreter.isPartial,
  };
}
