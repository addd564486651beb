import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExtensionsApi } from './extensions-api.ts';
import { type Invocation, makeInvocation } from './invocation.ts';
import { readBody, readResponse } from './read-response.ts';
import {
  type InvocationContext,
  type InvocationResult,
  makeErrorPayload,
  type RuntimeApiOptions,
} from './runtime-api-types.ts';
import { sendAccepted, sendJson, sendRefusal } from './send-answer.ts';

/** An error that the runtime told before it was ready. */
export interface InitError {
  errorType: string;
  payload: Buffer;
}

/** What the runtime did first: ask for an event (or for being restored), or tell an error. */
export type InitOutcome = { ready: true; at: number } | { ready: false; error: InitError };

/**
 * AWS's Runtime API 2018-06-01 and the Extensions API for one runtime process, on an ephemeral loopback port.
 * One invocation runs at a time; further ones wait in order.
 */
export class RuntimeApi {
  /** `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Resolves with the runtime's first word, stamped with `performance.now()`. */
  readonly initOutcome: Promise<InitOutcome>;
  readonly #server: Server;
  readonly #options: RuntimeApiOptions;
  readonly #extensions: ExtensionsApi;
  readonly #queue: Invocation[] = [];
  #current: Invocation | undefined;
  #waitingRuntime: ServerResponse | undefined;
  #whenIdle: (() => void)[] = [];
  #resolveInit!: (outcome: InitOutcome) => void;

  constructor(server: Server, options: RuntimeApiOptions) {
    this.#server = server;
    this.#options = options;
    this.#extensions = new ExtensionsApi(options, () => this.#dispatch());
    const { address, port } = server.address() as AddressInfo;
    this.address = `${address}:${port}`;
    this.initOutcome = new Promise((resolve) => {
      this.#resolveInit = resolve;
    });
    server.on('request', (request, response) => {
      this.#route(request, response).catch(() => response.destroy());
    });
  }

  /** Hands the event to the runtime when it asks next, and resolves with what came back. Never rejects. */
  invoke(event: Buffer, context: InvocationContext = {}): Promise<InvocationResult> {
    const invocation = makeInvocation(event, context);
    this.#queue.push(invocation);
    this.#dispatch();
    return invocation.result;
  }

  /** Ends the running and the waiting invocations with an error, as Lambda does when the runtime dies or is too slow. */
  failInvocations(errorType: string, errorMessage: string): void {
    const failed = [...(this.#current ? [this.#current] : []), ...this.#queue.splice(0)];
    this.#current = undefined;
    for (const { requestId, finish } of failed)
      finish({
        status: 'error',
        errorType,
        payload: makeErrorPayload(errorType, `RequestId: ${requestId} ${errorMessage}`),
        contentType: 'application/json',
        streamed: false,
      });
  }

  /** Resolves when the runtime has asked for its next event: only then is an invocation over for the platform. */
  whenIdle(): Promise<void> {
    if (this.#waitingRuntime) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  async close(): Promise<void> {
    this.failInvocations('Runtime.ExitError', 'Error: the sandbox was closed');
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback');
    const [, version, kind, ...rest] = pathname.split('/');
    const call = `${request.method} ${rest.join('/')}`;
    if (version === '2020-01-01' && kind === 'extension')
      return this.#extensions.handle(rest.join('/'), request, response);
    if (version !== '2018-06-01' || kind !== 'runtime')
      return sendRefusal(response, 404, 'InvalidPath', `There is no ${pathname}`);
    if (call === 'GET invocation/next') return this.#next(response);
    if (call === 'POST init/error') return this.#initError(request, response);
    if (this.#options.snapStart && call === 'GET restore/next') return this.#restore(response);
    if (this.#options.snapStart && call === 'POST restore/error') return this.#initError(request, response);
    const posted = /^POST invocation\/([^/]+)\/(response|error)$/.exec(call);
    if (posted?.[2] === 'response') return this.#response(posted[1] as string, request, response);
    if (posted?.[2] === 'error') return this.#error(posted[1] as string, request, response);
    sendRefusal(response, 404, 'InvalidPath', `There is no ${request.method} ${pathname}`);
  }

  #next(response: ServerResponse): void {
    if (this.#current && !this.#current.answering) {
      sendRefusal(response, 403, 'InvalidStateTransition', 'The running invocation has no answer yet');
      return;
    }
    this.#resolveInit({ ready: true, at: performance.now() });
    this.#extensions.closeRegistration();
    this.#waitingRuntime = response;
    response.on('close', () => {
      if (this.#waitingRuntime === response) this.#waitingRuntime = undefined;
    });
    for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#dispatch();
  }

  #dispatch(): void {
    const response = this.#waitingRuntime;
    const invocation = this.#queue[0];
    if (!response || !invocation || this.#current || !this.#extensions.ready) return;
    this.#queue.shift();
    this.#waitingRuntime = undefined;
    this.#current = invocation;
    const { functionArn, timeoutMs } = this.#options;
    const deadlineMs = Date.now() + timeoutMs;
    this.#extensions.announceInvocation({ requestId: invocation.requestId, deadlineMs, functionArn });
    invocation.start();
    response
      .writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': invocation.event.length,
        'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
        'Lambda-Runtime-Deadline-Ms': String(deadlineMs),
        'Lambda-Runtime-Invoked-Function-Arn': functionArn,
        'Lambda-Runtime-Trace-Id': invocation.traceId,
        ...invocation.contextHeaders,
      })
      .end(invocation.event);
  }

  async #response(requestId: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const invocation = this.#takeCurrent(requestId, request, response);
    if (!invocation) return;
    const { payload, streamed, problem } = await readResponse(request);
    this.#current = undefined;
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    if (!problem) invocation.finish({ status: 'ok', payload, contentType, streamed });
    else {
      const { errorType, message } = problem;
      const told = problem.payload ?? makeErrorPayload(errorType, message);
      invocation.finish({ status: 'error', errorType, payload: told, contentType, streamed });
    }
    if (!problem || problem.status === 202) sendAccepted(response);
    else sendRefusal(response, problem.status, problem.errorType, problem.message);
    this.#dispatch();
  }

  async #error(requestId: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const invocation = this.#takeCurrent(requestId, request, response);
    if (!invocation) return;
    const told = await readError(request, 'Unhandled');
    this.#current = undefined;
    invocation.finish({ status: 'error', contentType: 'application/json', streamed: false, ...told });
    sendAccepted(response);
    this.#dispatch();
  }

  async #initError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const error = await readError(request, 'Runtime.Unknown');
    this.#resolveInit({ ready: false, error });
    sendAccepted(response);
  }

  #restore(response: ServerResponse): void {
    this.#resolveInit({ ready: true, at: performance.now() });
    sendJson(response, 200, {});
  }

  /** The running invocation, for its one answer; a refusal is sent when it isn't that one or has an answer already. */
  #takeCurrent(
    requestId: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Invocation | undefined {
    const invocation = this.#current;
    if (invocation?.requestId === requestId && !invocation.answering) {
      invocation.answering = true;
      return invocation;
    }
    request.resume();
    if (invocation && !invocation.answering)
      sendRefusal(response, 400, 'InvalidRequestID', 'Invalid request ID');
    else sendRefusal(response, 403, 'InvalidStateTransition', 'No invocation is waiting for an answer');
    return undefined;
  }
}

async function readError(request: IncomingMessage, defaultType: string): Promise<InitError> {
  const header = request.headers['lambda-runtime-function-error-type'];
  const body = await readBody(request);
  const errorType = typeof header === 'string' && header !== '' ? header : defaultType;
  return { errorType, payload: body ?? makeErrorPayload(errorType, 'The error itself was too large') };
}

/** Starts the Runtime API for one runtime process. Close it when the process is gone. */
export async function startRuntimeApi(options: RuntimeApiOptions): Promise<RuntimeApi> {
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new RuntimeApi(server, options);
}
