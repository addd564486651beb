import type { ZodType } from 'zod';
import { ApiProblem } from './api-problem.ts';

/** Fired on the window when the Console no longer knows who reads: the session ended. */
export const signedOutEvent = 'ringfence-signed-out';

type Options = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * Calls the Console and checks the answer against `schema`.
 * Throws an ApiProblem with the server's own words when it refuses, or status 0 when it cannot be reached.
 */
export async function callApi<T>(path: string, schema: ZodType<T>, options: Options = {}): Promise<T> {
  const { method = 'GET', body, headers, signal } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, 'The Console cannot be reached', 'Check that it is running and your network.');
  }
  if (response.status === 401 && method === 'GET' && path !== '/api/session')
    window.dispatchEvent(new Event(signedOutEvent));
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return schema.parse(undefined);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiProblem(
    response.status,
    'The Console gave an answer this page does not understand',
    `${method} ${path}: ${issue?.path.join('.')} ${issue?.message}. Reload the page; its version may be old.`,
  );
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const text = (key: string) => {
    const value = (body as Record<string, unknown> | undefined)?.[key];
    return typeof value === 'string' ? value : '';
  };
  return new ApiProblem(
    response.status,
    text('title') || `The Console answered ${response.status}`,
    text('detail'),
  );
}
