/** What keeps a template or an account from being read: names the place, and what to do. */
export class PostureError extends Error {
  override name = 'PostureError';
}
