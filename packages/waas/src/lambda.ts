import type { Engine } from './engine.ts';
import { Guard, type GuardOptions } from './guard.ts';
import { answerStream, isStream } from './lambda-stream.ts';

/** What is used of Lambda's context. */
interface LambdaContext {
  awsRequestId: string;
  invokedFunctionArn: string;
}

type Callback = (error: unknown, result?: unknown) => void;
/** `(event, context)`, `(event, context, callback)` or `(event, responseStream, context)`. */
type LambdaHandler = (event: unknown, ...rest: unknown[]) => unknown;

/** The error of an invocation. Lambda tells its name as the error type. */
function toError(error: string): Error {
  const { errorMessage, errorType } = JSON.parse(error);
  return Object.assign(new Error(errorMessage), { name: errorType });
}

/** Calls the handler with what is left of a batch, and puts the failures of the rest into whatever way its response goes. */
function callWithFailures(
  engine: Engine,
  failures: string,
  handler: LambdaHandler,
  event: unknown,
  rest: unknown[],
): unknown {
  const merge = (result: unknown) =>
    JSON.parse(engine.mergeResponse(JSON.stringify(result) ?? 'null', failures));
  const mergeInto = (callback: Callback) => (error: unknown, result?: unknown) =>
    error ? callback(error) : callback(error, merge(result));
  const given = rest.map((value) => (typeof value === 'function' ? mergeInto(value as Callback) : value));
  const result = handler(event, ...given);
  return result instanceof Promise ? result.then(merge) : result;
}

/**
 * The handler behind the engine: it gets only events that the rule lets through, and of a batch the records that are left; those
 * that were taken out stand among the failures of its response. It may be async, take a callback, or stream its response; its
 * context and its responses are not touched. A refused event is answered in the shape of what brought it, or the invocation fails
 * with the error type `Ringfence.Refused`. Throws where the options are none.
 */
export function protect<Handler extends (...parameters: never[]) => unknown>(
  handler: Handler,
  options?: GuardOptions,
): Handler {
  const guard = new Guard(options);
  const inner = handler as unknown as LambdaHandler;
  const guarded: LambdaHandler = (event, ...rest) => {
    const stream = isStream(rest[0]) ? rest[0] : undefined;
    const context = rest[stream ? 1 : 0] as LambdaContext | undefined;
    const account = context?.invokedFunctionArn.split(':')[4];
    const { decision } = guard.judge(event as object, context?.awsRequestId ?? '', true, account);
    if (decision.kind === 'pass') return inner(event, ...rest);
    if (decision.kind === 'replace') {
      const part = JSON.parse(decision.event);
      if (decision.failures === '') return inner(part, ...rest);
      return callWithFailures(guard.engine, decision.failures, inner, part, rest);
    }
    const outcome =
      decision.kind === 'error'
        ? Promise.reject(toError(decision.error))
        : Promise.resolve(stream ? answerStream(stream, decision.response) : JSON.parse(decision.response));
    if (stream || handler.length < 3) return outcome;
    const callback = rest[1] as Callback;
    outcome.then((result) => callback(null, result), callback);
  };
  // What marks a handler that streams; and by the number of its parameters Lambda tells one that takes a callback.
  return Object.defineProperty(Object.assign(guarded, handler), 'length', {
    value: handler.length,
  }) as unknown as Handler;
}
