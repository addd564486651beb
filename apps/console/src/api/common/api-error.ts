export type ApiErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 429 | 503;

/** An error whose message is meant for the client; the API answers it as problem+json. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: ApiErrorStatus;
  readonly headers: Record<string, string>;
  readonly errors: { path: string; message: string }[] | undefined;

  constructor(
    status: ApiErrorStatus,
    message: string,
    options: ErrorOptions & {
      headers?: Record<string, string>;
      errors?: { path: string; message: string }[];
    } = {},
  ) {
    super(message, options);
    this.status = status;
    this.headers = options.headers ?? {};
    this.errors = options.errors;
  }
}
