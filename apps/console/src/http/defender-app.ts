import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ApiError } from '../api/common/api-error.ts';
import { isUnchanged } from '../api/common/etag.ts';
import { readAudits } from '../audits/read-audits.ts';
import type { RegisteredFunction } from '../functions/function-registry.ts';
import type { Services } from '../services.ts';
import { answerError } from './answer-problem.ts';
import { answerUnknown } from './answer-unknown.ts';
import { limitBody } from './limit-body.ts';

type DefenderEnv = { Variables: { sender: RegisteredFunction } };

const authenticate = ({ functions }: Services) =>
  createMiddleware<DefenderEnv>(async (context, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    const sender = token === undefined ? undefined : await functions.findByToken(token);
    if (!sender) throw new ApiError(401, 'Send a valid function token as "Authorization: Bearer rf1.…".');
    context.set('sender', sender);
    await next();
  });

/** What Defenders reach, and nothing else: their own policy, and where their own audits go. */
export function makeDefenderApp(services: Services): Hono<DefenderEnv> {
  const { writer, isNearlyFull, policies, log } = services;
  const app = new Hono<DefenderEnv>();
  app.onError(answerError(log));
  app.notFound(answerUnknown(app as never));
  app.use('/api/defender/*', authenticate(services));

  app.post('/api/defender/audits', limitBody(1), async (context) => {
    if (writer.isFull)
      throw new ApiError(429, 'The Console is behind; try again.', { headers: { 'Retry-After': '1' } });
    if (isNearlyFull()) {
      log.error('the disk is nearly full: audits are refused until there is room');
      throw new ApiError(429, 'The disk of the Console is nearly full.', {
        headers: { 'Retry-After': '30' },
      });
    }
    const { id } = context.var.sender;
    const { audits, rejected } = readAudits(await context.req.text(), id);
    if (rejected > 0) log.warn({ function: id, rejected }, 'audits were rejected');
    const counts = audits.length > 0 ? await writer.write(id, audits) : { accepted: 0, duplicates: 0 };
    return context.json({ ...counts, rejected });
  });

  app.get('/api/defender/policy', async (context) => {
    const { id, identity } = context.var.sender;
    const { signed, etag } = await policies.get(id, identity);
    context.header('ETag', etag);
    if (isUnchanged(context, etag)) return context.body(null, 304);
    return context.body(new Uint8Array(signed), 200, { 'Content-Type': 'application/octet-stream' });
  });
  return app;
}
