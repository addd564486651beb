import type { Context, Hono } from 'hono';
import { answerProblem } from './answer-problem.ts';

/** Answers a path that no route serves: 405 with Allow where another method would do, else 404. */
export function answerUnknown(app: Hono<never>) {
  return (context: Context): Response => {
    const { path, method } = context.req;
    const methods = [...new Set(app.routes.map((route) => route.method))].filter(
      (candidate) => candidate !== 'ALL' && servesPath(app, candidate, path),
    );
    if (methods.length === 0) return answerProblem(404, `There is nothing at ${path}.`);
    const allow = methods.join(', ');
    return answerProblem(405, `${path} takes ${allow}, not ${method}.`, { headers: { Allow: allow } });
  };
}

/** Whether a route, and not only what stands before all paths, answers this method there. */
function servesPath(app: Hono<never>, method: string, path: string): boolean {
  const [matches] = app.router.match(method, path);
  return matches.some(([[, route]]) => route.method === method && !route.path.includes('*'));
}
