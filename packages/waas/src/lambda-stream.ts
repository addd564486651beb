import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Refusal } from './http-guard.ts';

interface LambdaGlobal {
  HttpResponseStream: { from(stream: Writable, head: Omit<Refusal, 'body'>): Writable };
}

/** Whether this is the stream that Lambda gives a handler of streamed responses in the context's place. */
export function isStream(value: unknown): value is Writable {
  return typeof (value as Writable | undefined)?.write === 'function';
}

/** Sends an answer, JSON, through a response's stream: with status and headers where it is one of HTTP. Resolves when it is sent. */
export async function answerStream(stream: Writable, response: string): Promise<void> {
  const refusal: Refusal | null = JSON.parse(response);
  const { awslambda } = globalThis as unknown as { awslambda: LambdaGlobal };
  const { body, ...head } = refusal ?? { body: response };
  const out = 'statusCode' in head ? awslambda.HttpResponseStream.from(stream, head) : stream;
  // The head is sent with the first write; an end with text in it would go without.
  out.write(body);
  out.end();
  if (!stream.writableFinished) await once(stream, 'finish');
}
