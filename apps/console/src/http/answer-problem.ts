import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { ApiError } from '../api/common/api-error.ts';
import type { Problem } from '../api/common/problem.schema.ts';
import { StoreError } from '../store/store-error.ts';

/** Answers with application/problem+json. */
export function answerProblem(
  status: number,
  detail: string,
  options: { headers?: Record<string, string>; errors?: Problem['errors'] } = {},
): Response {
  const { headers = {}, errors } = options;
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors ? { errors } : {}),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', '57P01', '57P02', '57P03', '53300'];

/** Is the embedded store gone, or the database server out of reach? */
const isStoreGone = (error: Error & { code?: string }) =>
  error instanceof StoreError || UNREACHABLE.includes(error.code ?? '');

/** Answers any error: what is meant for the client in full, all else as 500 with the details in the log only. */
export const answerError = (log: Logger) => (error: Error, context: Context) => {
  if (error instanceof ApiError) {
    const { status, message, headers, errors } = error;
    return answerProblem(status, message, { headers, ...(errors ? { errors } : {}) });
  }
  if (error instanceof HTTPException) return answerProblem(error.status, error.message);
  if (isStoreGone(error)) {
    log.error({ err: error }, 'the store does not answer');
    return answerProblem(503, `The store does not answer: ${error.message}.`, {
      headers: { 'Retry-After': '10' },
    });
  }
  log.error({ err: error, method: context.req.method, path: context.req.path }, 'a request failed');
  return answerProblem(500, 'The Console could not do this; its log says why.');
};

/** Answers input that does not fit its schema, naming each field. */
export function answerInvalid(target: string, error: z.core.$ZodError): Response {
  const errors = error.issues.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = errors;
  const place = first?.path || (target === 'json' ? 'the body' : target);
  return answerProblem(400, `${place}: ${first?.message ?? 'is refused'}`, { errors });
}
