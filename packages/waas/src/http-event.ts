/** A request as the frameworks know it. */
export interface HttpRequest {
  method: string;
  /** Path and query as the client wrote them, encodings and all. */
  target: string;
  headers: Record<string, string | string[] | undefined>;
  /** What the framework's route took out of the path. */
  params?: Record<string, unknown> | undefined;
  /** The client's address, by what the framework trusts; left out where it is not known. */
  address?: string | undefined;
  /** The bytes as they came, or what a parser made of them. */
  body?: unknown;
}

/** The request as the event of an HTTP API (payload format 2.0), JSON: the form in which the engine knows requests. */
export function toHttpEvent(request: HttpRequest): Uint8Array {
  const { method, target, params = {}, address, body } = request;
  const [rawPath = '', ...query] = target.split('?');
  const { cookie, 'x-forwarded-for': forwardedFor, ...headers } = request.headers;
  const event = JSON.stringify({
    version: '2.0',
    rawPath,
    rawQueryString: query.join('?'),
    cookies: cookie && String(cookie).split('; '),
    // Without an address the engine would take a client's word for it.
    ...(address ? { headers: { ...headers, 'x-forwarded-for': forwardedFor } } : { headers, forwardedFor }),
    pathParameters: Object.keys(params).length > 0 ? params : rawPath.split('/').slice(1),
    requestContext: { http: { method, sourceIp: address } },
    ...(!(body instanceof Uint8Array) && { body }),
  });
  if (!(body instanceof Uint8Array)) return Buffer.from(event);
  return Buffer.concat([Buffer.from(`${event.slice(0, -1)},"body":`), quote(body), Buffer.from('}')]);
}

/** The bytes as a JSON string that holds them as they are, be they UTF-8 or not: the engine reads bytes. */
function quote(bytes: Uint8Array): Buffer {
  const { buffer, byteOffset, length } = bytes;
  return Buffer.from(JSON.stringify(Buffer.from(buffer, byteOffset, length).toString('latin1')), 'latin1');
}
