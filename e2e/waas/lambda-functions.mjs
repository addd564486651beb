// Handlers of every kind, as they are deployed: each tells what it was called with.
import { protect } from '@ringfence/waas/lambda';

const options = { effect: 'prevent' };
let calls = 0;

const answer = (event, context) => ({
  calls: ++calls,
  event,
  context: Object.keys(context).length > 0 && context.getRemainingTimeInMillis() > 0,
  ...(event.Records && { batchItemFailures: [] }),
});

export const asynchronous = protect(async (event, context) => answer(event, context), options);

export const withCallback = protect((event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  setTimeout(() => callback(null, answer(event, context)), 5);
}, options);

export const succeeding = protect((event, context) => {
  setTimeout(() => context.succeed(answer(event, context)), 5);
}, options);

const stream = async (event, responseStream, context) => {
  const out = globalThis.awslambda.HttpResponseStream.from(responseStream, { statusCode: 201, headers: {} });
  out.write('first,');
  await new Promise((resolve) => setTimeout(resolve, 5));
  out.end(JSON.stringify(answer(event, context)));
  await new Promise((resolve) => out.on('finish', resolve));
};
export const streaming = globalThis.awslambda.streamifyResponse(protect(stream, options));
export const protectedStream = protect(globalThis.awslambda.streamifyResponse(stream), options);
