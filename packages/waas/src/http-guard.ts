import { type BodyPart, decodeBody } from './decode-body.ts';
import type { Inspection } from './engine.ts';
import { Guard, type GuardOptions } from './guard.ts';
import { type HttpRequest, toHttpEvent } from './http-event.ts';

export interface HttpOptions extends GuardOptions {
  /** How much of a body is judged, in bytes: 1 MiB where it is left out. With more, the event counts as not fully judged: `onError` decides. */
  bodyLimit?: number;
}

/** What a refused client is answered. */
export interface Refusal {
  statusCode: number;
  headers: { 'content-type': string };
  body: string;
}

/** Judges requests, whatever framework they come from. */
export class HttpGuard {
  readonly bodyLimit: number;
  readonly #guard: Guard;

  /** Throws where the options are none. */
  constructor({ bodyLimit = 1 << 20, ...options }: HttpOptions = {}) {
    if (!Number.isInteger(bodyLimit) || bodyLimit < 0)
      throw new RangeError(`bodyLimit must be a number of bytes, and is ${bodyLimit}`);
    this.bodyLimit = bodyLimit;
    this.#guard = new Guard(options);
  }

  /** Judges a request, with what was read of its body, and tells what was found. The refusal is there where it must not get through. Throws where the engine can't judge it at all, and `onError` is closed. */
  judge(
    request: Omit<HttpRequest, 'body'>,
    body: BodyPart | { parsed: unknown } | undefined,
    requestId = '',
  ): { inspection: Inspection; refusal?: Refusal } {
    const read = body && 'bytes' in body ? decodeBody(body, request.headers, this.bodyLimit) : undefined;
    const event = toHttpEvent({ ...request, body: read?.bytes ?? (body as { parsed?: unknown })?.parsed });
    const inspection = this.#guard.judge(event, requestId, read?.isWhole);
    const { decision } = inspection;
    // Of a request that the engine fails on again and again it does not know that it is one.
    if (decision.kind === 'error') throw new Error(JSON.parse(decision.error).errorMessage);
    return decision.kind === 'answer'
      ? { inspection, refusal: JSON.parse(decision.response) }
      : { inspection };
  }
}
