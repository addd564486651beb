import { randomBytes, randomUUID } from 'node:crypto';
import type { InvocationContext, InvocationResult } from './runtime-api-types.ts';

/** One event on its way through the Runtime API. */
export interface Invocation {
  requestId: string;
  traceId: string;
  event: Buffer;
  contextHeaders: Record<string, string>;
  result: Promise<InvocationResult>;
  /** True from the first byte of its answer on: there is only one. */
  answering: boolean;
  /** Starts the clock: the event is handed out now. */
  start(): void;
  finish(outcome: Omit<InvocationResult, 'requestId' | 'durationMs'>): void;
}

export function makeInvocation(event: Buffer, context: InvocationContext): Invocation {
  const requestId = context.requestId ?? randomUUID();
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  let startedAt: number | undefined;
  let resolve: (result: InvocationResult) => void;
  const result = new Promise<InvocationResult>((settle) => {
    resolve = settle;
  });
  return {
    requestId,
    traceId: `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
    event,
    contextHeaders: {
      ...(context.clientContext ? { 'Lambda-Runtime-Client-Context': context.clientContext } : {}),
      ...(context.cognitoIdentity ? { 'Lambda-Runtime-Cognito-Identity': context.cognitoIdentity } : {}),
    },
    result,
    answering: false,
    start() {
      startedAt = performance.now();
    },
    finish(outcome) {
      const durationMs = startedAt === undefined ? 0 : performance.now() - startedAt;
      resolve({ requestId, durationMs, ...outcome });
    },
  };
}
