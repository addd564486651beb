import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import type { HttpRequest } from './http-event.ts';

/** The beginning of a body, or all of it. */
export interface BodyPart {
  bytes: Uint8Array;
  isWhole: boolean;
}

/** As much of the bytes as is judged. */
export const cutBody = (bytes: Uint8Array, limit: number): BodyPart => ({
  bytes: bytes.subarray(0, limit),
  isWhole: bytes.length <= limit,
});

/** What came before a body was cut off is got out of it. */
const cut = { finishFlush: constants.Z_SYNC_FLUSH };
type Decoder = (bytes: Uint8Array, limit: number) => Buffer;
const gunzip: Decoder = (bytes, maxOutputLength) => gunzipSync(bytes, { ...cut, maxOutputLength });
const decoders = new Map<string, Decoder>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', (bytes, maxOutputLength) => inflateSync(bytes, { ...cut, maxOutputLength })],
  [
    'br',
    (bytes, maxOutputLength) =>
      brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength }),
  ],
]);

/** The body in UTF-8, as a parser would read it that goes by the headers. One that becomes longer than `limit` bytes is left as it is. */
export function decodeBody(part: BodyPart, headers: HttpRequest['headers'], limit: number): BodyPart {
  const encodings = String(headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  let { bytes, isWhole } = part;
  try {
    for (const name of encodings.reverse()) bytes = decoders.get(name)?.(bytes, limit) ?? bytes;
  } catch {
    isWhole = false;
  }
  return { bytes: toUtf8(bytes, String(headers['content-type'] ?? '')), isWhole };
}

function toUtf8(bytes: Uint8Array, contentType: string): Uint8Array {
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset === 'utf-8' || charset === 'us-ascii') return bytes;
  try {
    return Buffer.from(new TextDecoder(charset).decode(bytes));
  } catch {
    return bytes;
  }
}
