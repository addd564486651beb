import { createHash } from 'node:crypto';
import type { Inspection } from '../engine.ts';
import type { HttpOptions } from '../http-guard.ts';

/**
 * A server whose handlers answer with what they got: `POST /json`, `/form` and `/upload` (fields, and `file`) with what the
 * framework's own parsers make of the body, `POST /raw` with the hash of its bytes, `GET /items/:id` with the parameter. `GET /stream`
 * answers in pieces, and `GET` and `POST /found` with what was found.
 */
export interface EchoServer {
  url: string;
  close(): Promise<unknown>;
}

/** Starts a server; without options it is one without the middleware. */
export type StartEcho = (options?: HttpOptions & { trustProxy?: boolean }) => Promise<EchoServer>;

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const found = (inspection: Inspection | undefined) =>
  inspection?.verdicts.map(({ class: kind, path }) => `${kind} ${path}`) ?? 'nothing was judged';

export async function* pieces() {
  for (const piece of ['a', 'b', 'c']) {
    yield Buffer.from(piece);
    await new Promise(setImmediate);
  }
}
