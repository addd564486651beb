import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-response.ts';
import type { RuntimeApiOptions } from './runtime-api-types.ts';
import { sendAccepted, sendJson, sendRefusal } from './send-answer.ts';

interface Extension {
  name: string;
  wantsInvocations: boolean;
  /** The open call for the next event: the extension is ready while there is one. */
  waiting?: ServerResponse;
}

const extensionLimit = 10;

/**
 * The Extensions API 2020-01-01 as far as internal extensions use it: they run in the runtime's own process, register before it is
 * ready, and get INVOKE events only (internal ones may not ask for SHUTDOWN).
 */
export class ExtensionsApi {
  readonly #options: RuntimeApiOptions;
  readonly #extensions = new Map<string, Extension>();
  readonly #onReady: () => void;
  #closed = false;

  /** `onReady` is called when an extension waits for its next event. */
  constructor(options: RuntimeApiOptions, onReady: () => void) {
    this.#options = options;
    this.#onReady = onReady;
  }

  /** Ends registration: from the runtime's first call for an event on. */
  closeRegistration(): void {
    this.#closed = true;
  }

  /** True when every extension that wants invocations waits for one. */
  get ready(): boolean {
    return [...this.#extensions.values()].every((one) => !one.wantsInvocations || one.waiting);
  }

  announceInvocation(event: { requestId: string; deadlineMs: number; functionArn: string }): void {
    for (const [identifier, extension] of this.#extensions) {
      const { waiting } = extension;
      if (!extension.wantsInvocations || !waiting) continue;
      delete extension.waiting;
      sendJson(
        waiting,
        200,
        {
          eventType: 'INVOKE',
          deadlineMs: event.deadlineMs,
          requestId: event.requestId,
          invokedFunctionArn: event.functionArn,
          tracing: { type: 'X-Amzn-Trace-Id', value: '' },
        },
        { 'Lambda-Extension-Event-Identifier': identifier },
      );
    }
  }

  /** Answers `/2020-01-01/extension/…`. `path` is what follows that prefix. */
  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === 'register' && request.method === 'POST') return this.#register(request, response);
    const identifier = request.headers['lambda-extension-identifier'];
    if (typeof identifier !== 'string')
      return sendRefusal(response, 403, 'Extension.MissingExtensionIdentifier', 'No extension identifier');
    const extension = this.#extensions.get(identifier);
    if (!extension)
      return sendRefusal(
        response,
        403,
        'Extension.UnknownExtensionIdentifier',
        'Unknown extension identifier',
      );
    if (path === 'event/next' && request.method === 'GET') {
      extension.waiting = response;
      this.#onReady();
      return;
    }
    if ((path === 'exit/error' || path === 'init/error') && request.method === 'POST') {
      await readBody(request);
      this.#extensions.delete(identifier);
      sendAccepted(response);
      return this.#onReady();
    }
    sendRefusal(response, 404, 'InvalidPath', `There is no extension/${path}`);
  }

  async #register(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (type: string, message: string) =>
      sendRefusal(response, 403, `Extension.${type}`, message);
    const body = await readBody(request);
    const name = request.headers['lambda-extension-name'];
    if (typeof name !== 'string' || name === '')
      return refuse('InvalidExtensionName', 'Empty extension name');
    const events = parseEvents(body);
    if (!events) return refuse('InvalidRequestFormat', 'The body must be {"events": [names]}');
    const unknown = events.find((event) => event !== 'INVOKE');
    if (unknown !== undefined) return refuse('InvalidEventType', `${unknown}: not for an internal extension`);
    if (this.#closed) return refuse('RegistrationClosed', 'Extension registration closed already');
    if ([...this.#extensions.values()].some((one) => one.name === name))
      return refuse('InvalidExtensionState', 'Extension with this name already registered');
    if (this.#extensions.size >= extensionLimit)
      return refuse('TooManyExtensions', `Extension limit (${extensionLimit}) reached`);
    const identifier = randomUUID();
    this.#extensions.set(identifier, { name, wantsInvocations: events.length > 0 });
    const { functionName, handler } = this.#options;
    sendJson(
      response,
      200,
      { functionName, functionVersion: '$LATEST', handler },
      { 'Lambda-Extension-Identifier': identifier },
    );
  }
}

function parseEvents(body: Buffer | undefined): string[] | undefined {
  try {
    const { events = [] } = JSON.parse(String(body));
    return Array.isArray(events) && events.every((event) => typeof event === 'string') ? events : undefined;
  } catch {
    return undefined;
  }
}
