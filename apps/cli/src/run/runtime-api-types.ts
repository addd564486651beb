/** How large what goes through the Runtime API may be, in bytes. */
export const payloadLimits = {
  /** An event, as documented for synchronous invocation. */
  event: 6 * 1024 * 1024,
  /** A buffered response: 6 MB and the 100 bytes that Lambda adds. */
  response: 6 * 1024 * 1024 + 100,
  /** A streamed response (20 MB until July 2025). */
  streamedResponse: 200 * 1024 * 1024,
} as const;

/** What the Runtime API tells the runtime about its function. */
export interface RuntimeApiOptions {
  functionArn: string;
  functionName: string;
  handler: string;
  /** Milliseconds that an invocation may take: `Lambda-Runtime-Deadline-Ms` is made of it. */
  timeoutMs: number;
  /** Offers the calls of SnapStart; without it they answer 404. */
  snapStart?: boolean;
}

export interface InvocationContext {
  requestId?: string;
  /** JSON of the mobile SDK, sent as `Lambda-Runtime-Client-Context`. */
  clientContext?: string;
  /** JSON, sent as `Lambda-Runtime-Cognito-Identity`. */
  cognitoIdentity?: string;
}

/** What came back for one invocation. Failures are results too. */
export interface InvocationResult {
  requestId: string;
  status: 'ok' | 'error';
  /** The response, or the error as JSON (`errorMessage`, `errorType`, perhaps `stackTrace`). */
  payload: Buffer;
  contentType: string;
  /** Absent when the function succeeded. */
  errorType?: string;
  streamed: boolean;
  /** From handing out the event to the last byte of the response, in milliseconds. */
  durationMs: number;
}

/** Makes the JSON that Lambda returns for a failure of its own finding, such as a timeout. */
export function makeErrorPayload(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}
