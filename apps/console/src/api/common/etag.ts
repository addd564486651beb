import type { Context } from 'hono';

/** The ETag of a revision; it changes with the policy and with nothing else. */
export const revisionEtag = (revision: number): string => `"${revision}"`;

/** Does If-None-Match name this ETag? Also in its weak form, as proxies write it. */
export function isUnchanged(context: Context, etag: string): boolean {
  const candidates = context.req.header('if-none-match')?.split(',') ?? [];
  return candidates.some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
