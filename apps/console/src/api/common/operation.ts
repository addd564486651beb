import type { OpenAPIHono, RouteConfig, RouteHandler } from '@hono/zod-openapi';
import type { Services } from '../../services.ts';
import type { ApiEnv, SignedInEnv } from './allow.ts';

type EnvOf<Route extends RouteConfig> = Route extends { middleware: unknown } ? SignedInEnv : ApiEnv;

/** A route with what it does: the two halves of one operation. */
export type Operation = (app: OpenAPIHono<ApiEnv>, services: Services) => void;

/** Joins a route's schema and its handler. */
export const defineOperation =
  <Route extends RouteConfig & { getRoutingPath(): string }>(
    route: Route,
    makeHandler: (services: Services) => RouteHandler<Route, EnvOf<Route>>,
  ): Operation =>
  (app, services) => {
    // The route's own middleware narrows the environment, which the type of the app can't know.
    app.openapi(route, makeHandler(services) as never);
  };
