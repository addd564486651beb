import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { BodyPart } from './decode-body.ts';

/** Whether the request says that a body follows. One without must not be read: its end would be gone for who waits for that. */
function bringsBody(request: IncomingMessage | Http2ServerRequest): boolean {
  const { 'transfer-encoding': encoding, 'content-length': length } = request.headers;
  if (encoding !== undefined || Number(length) > 0) return true;
  return 'stream' in request && length === undefined && !request.stream.endAfterHeaders;
}

/**
 * Reads up to `limit` bytes of a request's body, a little more where it comes in larger pieces, and puts them back: whoever
 * reads the request next gets all of it. Undefined where it has no body, or somebody has read it already.
 */
export async function peekBody(
  request: IncomingMessage | Http2ServerRequest,
  limit: number,
): Promise<BodyPart | undefined> {
  if (!bringsBody(request) || request.readableDidRead || request.readableEncoding) return;
  const chunks: Buffer[] = [];
  let size = 0;
  let isWhole = false;
  await new Promise<void>((resolve) => {
    const read = () => {
      for (let chunk = request.read(); chunk !== null; chunk = size > limit ? null : request.read()) {
        chunks.push(chunk);
        size += chunk.length;
      }
      isWhole = hasArrived(request);
      if (!isWhole && size <= limit) return;
      // In the same turn: Node tells the end in the next one, unless there is something to read again.
      if (size > 0) request.unshift(Buffer.concat(chunks));
      request.off('readable', read).off('close', resolve);
      resolve();
    };
    request.on('readable', read).on('close', resolve);
  });
  return { bytes: Buffer.concat(chunks).subarray(0, limit), isWhole: isWhole && size <= limit };
}

/** Whether all of the stream lies in its buffer or has been read. Nothing else tells it that holds for HTTP/1, HTTP/2 and injected requests. */
function hasArrived(request: object): boolean {
  return (request as { _readableState: { ended: boolean } })._readableState.ended;
}
