/** What keeps a template or an account from being read: names the place, and what to do. */
export class PostureError extends Error {
  override name = 'PostureError';
}

/** Of code that makes a template when it is run: what it makes can't be told without that. */
export class UntoldError extends PostureError {}
