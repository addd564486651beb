import type { ServerResponse } from 'node:http';

/** Answers 202, as Lambda does for all that a runtime posts. */
export function sendAccepted(response: ServerResponse): void {
  sendJson(response, 202, { status: 'OK' });
}

/** Answers an error in the shape of the Runtime API. */
export function sendRefusal(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  sendJson(response, status, { errorMessage, errorType });
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}
