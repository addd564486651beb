import { OpenAPIHono } from '@hono/zod-openapi';
import { except } from 'hono/combine';
import { identify } from '../access/identify.ts';
import { sessionCookieName } from '../access/session-cookie.ts';
import type { ApiEnv } from '../api/common/allow.ts';
import { operations } from '../api/operations.ts';
import type { Services } from '../services.ts';
import { version } from '../version.ts';
import { answerError, answerInvalid } from './answer-problem.ts';
import { answerUnknown } from './answer-unknown.ts';
import { limitBody } from './limit-body.ts';
import { secureAnswers } from './secure-answers.ts';
import { serveWeb } from './serve-web.ts';

/** What people and machines reach: the API, its OpenAPI document, and the web UI. */
export function makePeopleApp(services: Services): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => (result.success ? undefined : answerInvalid(result.target, result.error)),
  });
  app.onError(answerError(services.log));
  app.use(secureAnswers(services));
  app.use('/api/*', except('/api/reports', limitBody(4)), identify(services.database, services));
  app.use('/api/*', async (context, next) => {
    await next();
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
  });
  for (const addTo of operations) addTo(app, services);
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Ringfence Console',
      version,
      description: 'Errors are application/problem+json.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName(services.secure),
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  app.notFound(answerUnknown(app as never));
  serveWeb(app);
  return app;
}
