import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BodyPart, cutBody } from './decode-body.ts';
import type { Inspection } from './engine.ts';
import { HttpGuard, type HttpOptions } from './http-guard.ts';
import { peekBody } from './peek-body.ts';

declare global {
  namespace Express {
    interface Request {
      /** What was found in the request; see @ringfence/waas/express. */
      ringfence?: Inspection;
    }
  }
}

/** What is used of a request of Express 4 or 5. */
interface ExpressRequest extends IncomingMessage {
  originalUrl: string;
  ip?: string | undefined;
  params: Record<string, unknown>;
  body?: unknown;
  /** The bytes, where the platform has read and kept them, as Google's does. */
  rawBody?: Uint8Array;
  ringfence?: Inspection;
}

async function readBody(
  request: ExpressRequest,
  limit: number,
): Promise<BodyPart | { parsed: unknown } | undefined> {
  const peeked = await peekBody(request, limit);
  if (peeked) return peeked;
  const { rawBody, body } = request;
  const bytes = rawBody ?? (body instanceof Uint8Array ? body : undefined);
  if (bytes) return cutBody(bytes, limit);
  return { parsed: body };
}

/**
 * A middleware for Express 4 and 5 that judges each request before the handlers behind it get it; they find what was found in
 * `request.ringfence`. It may stand before or behind parsers of bodies. The client's address is `request.ip`, by the application's
 * `trust proxy`. Throws where the options are none.
 */
export function protect(options?: HttpOptions) {
  const guard = new HttpGuard(options);
  return async (
    request: ExpressRequest,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ): Promise<void> => {
    try {
      const body = await readBody(request, guard.bodyLimit);
      const { method = 'GET', originalUrl: target, headers, params, ip: address } = request;
      const { inspection, refusal } = guard.judge({ method, target, headers, params, address }, body);
      request.ringfence = inspection;
      if (!refusal) next();
      else if (!response.headersSent)
        response.writeHead(refusal.statusCode, refusal.headers).end(refusal.body);
    } catch (error) {
      next(error);
    }
  };
}
