import type { Expression } from '../syntax/module.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import type { OutsideCall } from './listener.ts';
import { join, ofSymbol, unknown, type Value } from './value.ts';

/** Decorators that do something when the function is called, and nothing where it is declared. */
const decorator =
  /^aws_lambda_powertools\b.*\.(inject_lambda_context|capture_lambda_handler|capture_method|log_metrics|idempotent|idempotent_function|event_source|event_parser|validator|(async_)?batch_processor)$|^aws_xray_sdk\b.*\.capture(_async)?$|^(functools|contextlib|tenacity|backoff)\.\w+$/;

/** Those of a function's decorators that count when it is called. */
export const decoratorsOfCall = (decorators: readonly Expression[], frame: Frame): Expression[] =>
  decorators.filter((each) =>
    evaluate(each.kind === 'call' ? each.callee : each, frame).symbols.some((symbol) =>
      decorator.test(symbol),
    ),
  );

/** What gives back a function that does what another does: middy's, Powertools', those of what watches functions. */
const wrapper =
  /^(@middy\/core|middy)(\.default)?$|^@aws-lambda-powertools\/idempotency\.makeIdempotent$|^@sentry\/(aws-)?serverless\.(AWSLambda\.)?wrapHandler$|^datadog-lambda-js\.datadog$/;
const chained = /^(?:@middy\/core|middy)\b.*\.(use|before|after|onError|handler)$/;

/** A function in a wrapper from outside is that function; undefined for all other calls. */
export function wrappedIn({
  symbol,
  arguments: [first = unknown],
  receiver,
}: OutsideCall): Value | undefined {
  const [, method] = chained.exec(symbol) ?? [];
  if (method === 'handler') return join(receiver, { ...unknown, closures: first.closures });
  if (method !== undefined) return receiver;
  return wrapper.test(symbol) ? { ...ofSymbol(`${symbol}()`), closures: first.closures } : undefined;
}
