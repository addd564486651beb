import type { FastifyInstance } from 'fastify';
import type { Inspection } from './engine.ts';
import { HttpGuard, type HttpOptions } from './http-guard.ts';
import { peekBody } from './peek-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What was found in the request; see @ringfence/waas/fastify. */
    ringfence?: Inspection;
  }
}

/**
 * A plugin for Fastify 5 that judges each request of the instance it is registered with before anything of it is parsed; handlers
 * find what was found in `request.ringfence`. The client's address is `request.ip`, by the server's `trustProxy`. Registering fails
 * where the options are none.
 */
export async function protect(fastify: FastifyInstance, options: HttpOptions): Promise<void> {
  const guard = new HttpGuard(options);
  fastify.decorateRequest('ringfence', undefined);
  fastify.addHook('onRequest', async (request, reply) => {
    const body = await peekBody(request.raw, guard.bodyLimit);
    const { method, originalUrl: target, headers, ip: address, id } = request;
    const params = request.params as Record<string, unknown>;
    const { inspection, refusal } = guard.judge({ method, target, headers, params, address }, body, id);
    request.ringfence = inspection;
    if (refusal && !reply.sent)
      return reply.code(refusal.statusCode).headers(refusal.headers).send(Buffer.from(refusal.body));
  });
}

/** Hooks and decorations hold for the instance that registers it, and not for one of its own. */
Object.assign(protect, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'ringfence',
});
