import type { Context, MiddlewareHandler } from 'hono';
import { type BodyPart, cutBody } from './decode-body.ts';
import type { Inspection } from './engine.ts';
import { HttpGuard, type HttpOptions } from './http-guard.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** What was found in the request; see @ringfence/waas/hono. */
    ringfence: Inspection;
  }
}

export interface HonoOptions extends HttpOptions {
  /** Who sent a request. Hono trusts no proxy by itself: left out, it is the address of the connection, where Node's server or Lambda tell it. */
  address?: (context: Context) => string | undefined;
}

function connectionOf({ env }: Context): string | undefined {
  return (
    env?.incoming?.socket?.remoteAddress ??
    env?.requestContext?.http?.sourceIp ??
    env?.requestContext?.identity?.sourceIp
  );
}

/** Reads a copy of the body: the request keeps its own. */
async function peekRequest(context: Context, limit: number): Promise<BodyPart | undefined> {
  const { raw } = context.req;
  if (raw.bodyUsed) return cutBody(new Uint8Array(await context.req.arrayBuffer()), limit);
  const reader = raw.clone().body?.getReader();
  if (!reader) return;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size > limit) break;
  }
  // Of a body that is read twice the promise of this is kept only when nobody reads it any more.
  reader.cancel().catch(() => {});
  return cutBody(Buffer.concat(chunks), limit);
}

/**
 * A middleware for Hono 4 that judges each request before the handlers behind it get it; they find what was found in
 * `context.get('ringfence')`. Throws where the options are none.
 */
export function protect({ address = connectionOf, ...options }: HonoOptions = {}): MiddlewareHandler {
  const guard = new HttpGuard(options);
  return async (context, next) => {
    const body = await peekRequest(context, guard.bodyLimit);
    const { req } = context;
    const { pathname, search } = new URL(req.url);
    const { inspection, refusal } = guard.judge(
      {
        method: req.method,
        target: pathname + search,
        headers: req.header(),
        params: req.param(),
        address: address(context),
      },
      body,
    );
    context.set('ringfence', inspection);
    if (refusal) return new Response(refusal.body, { status: refusal.statusCode, headers: refusal.headers });
    await next();
  };
}
