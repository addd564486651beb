import type { IncomingMessage } from 'node:http';
import { payloadLimits } from './runtime-api-types.ts';

export interface ResponseBody {
  payload: Buffer;
  streamed: boolean;
  /** Why there is no usable response: over the limit, cut off, or an error told in the trailers. */
  problem?: { status: 400 | 413 | 202; errorType: string; message: string; payload?: Buffer };
}

/**
 * Reads a posted response. Streamed ones (`Lambda-Runtime-Function-Response-Mode: streaming`) may be larger, and may end in
 * trailers that tell an error: its type, and its JSON in base64.
 */
export async function readResponse(request: IncomingMessage): Promise<ResponseBody> {
  const streamed = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
  const limit = streamed ? payloadLimits.streamedResponse : payloadLimits.response;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    }
  } catch {
    const message = 'The connection closed before the response was complete';
    return { payload: Buffer.concat(chunks), streamed, problem: cutOff(message) };
  }
  const payload = Buffer.concat(chunks);
  if (size > limit) {
    const message = `Response payload size exceeded maximum allowed payload size (${limit} bytes).`;
    return {
      payload,
      streamed,
      problem: { status: 413, errorType: 'Function.ResponseSizeTooLarge', message },
    };
  }
  const errorType = request.trailers['lambda-runtime-function-error-type'];
  if (!errorType) return { payload, streamed };
  const body = Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
  const problem = { status: 202 as const, errorType, message: 'The function failed while it streamed' };
  return { payload, streamed, problem: body.length > 0 ? { ...problem, payload: body } : problem };
}

function cutOff(message: string) {
  return { status: 400 as const, errorType: 'Runtime.TruncatedResponse', message };
}

/** Reads a small body whole; undefined when it is over `limit` bytes. */
export async function readBody(request: IncomingMessage, limit = 1024 * 1024): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}
