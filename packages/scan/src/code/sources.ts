import { type OutsideCall, ofSymbol, type Place, type Value } from '@ringfence/code';

/** A value that whoever sends the event has chosen. */
export const fromOutside = (source: string, place: Place): Value => ({
  texts: [],
  symbols: [],
  closures: [],
  taints: [{ source, places: [place], safeFor: [] }],
});

const response = ofSymbol('express.response');

const javaScriptRoute =
  /^(express|fastify|koa|koa-router|@koa\/router|restify|polka|hono|lambda-api)\b.*\.(get|post|put|patch|delete|all|use|any)$/;
const pythonRoute =
  /^(flask|quart|fastapi|chalice|sanic|bottle|starlette|aws_lambda_powertools)\b.*\.(route|get|post|put|patch|delete)\(.*\)$/;
const cloudFunction = /^@google-cloud\/functions-framework\.(http|cloudEvent)$/;

/** What a server hands to a route. */
export function argumentsOf({ symbol, place }: OutsideCall): Value[] | undefined {
  if (javaScriptRoute.test(symbol) || cloudFunction.test(symbol))
    return [fromOutside('request', place), response];
  return pythonRoute.test(symbol) ? Array(6).fill(fromOutside('request', place)) : undefined;
}

/** Requests that are found by name, as Flask's. */
export const isSource = (symbol: string): boolean =>
  /^(flask|quart|bottle)\.request$|^(chalice|aws_lambda_powertools)\b.*\.current_(request|event)$/.test(
    symbol,
  );

/** What of an event the platform writes, and not who sends it. */
export const isOfPlatform = (source: string): boolean =>
  /^event\.(ResponseURL|requestContext\.(?!.*userAgent)|Records\.(eventSource|awsRegion|eventName|eventSourceARN|s3\.bucket))(\b|$)/.test(
    source,
  );

/** What a handler is called with: Lambda's event, Azure's context and request, an HTTP request and its response. */
export function handlerArguments(parameters: (string | undefined)[], place: Place): Value[] {
  const [first, second] = parameters;
  const isRequest = (name: string | undefined) => /^req(uest)?$/.test(name ?? '');
  const event = (name: string) => fromOutside(name, place);
  if (first === 'context' && isRequest(second)) return [ofSymbol('context'), event('request')];
  if (isRequest(first)) return [event('request'), response];
  return [event('event'), ofSymbol('context')];
}
