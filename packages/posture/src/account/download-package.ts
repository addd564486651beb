import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Lambda takes 250 MB of code, unpacked. */
const MOST_BYTES = 256 * 1024 * 1024;
const LONGEST_MS = 100_000;

/** Whether code may come from there: over TLS, or from this machine where AWS_ENDPOINT_URL says that the services are on it, too. */
function isSafe({ protocol, hostname }: URL): boolean {
  const isHere = (host: string) => /^(127\.0\.0\.1|localhost|\[::1\])$/.test(host);
  const { AWS_ENDPOINT_URL: endpoint = '' } = process.env;
  return (
    protocol === 'https:' ||
    (isHere(hostname) && URL.canParse(endpoint) && isHere(new URL(endpoint).hostname))
  );
}

/** Fetches a package from the address that Lambda gives for it, which is good for ten minutes. `sha256`: base64, what Lambda says of it. */
export async function downloadPackage(
  address: string,
  path: string,
  sha256: string | undefined,
): Promise<void> {
  const url = new URL(address);
  // The address itself lets everyone in, so that no message has it.
  if (!isSafe(url))
    throw new Error(`its code is at ${url.protocol}//${url.hostname}, where none is taken from`);
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(LONGEST_MS) });
  if (!response.ok || !response.body)
    throw new Error(`${url.hostname} answers ${response.status} when asked for its code`);
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > MOST_BYTES) done(new Error(`its code has more than ${MOST_BYTES / 1024 / 1024} MB`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(
      Readable.fromWeb(response.body),
      meter,
      createWriteStream(path, { mode: 0o600, flags: 'wx' }),
    );
    if (sha256 !== undefined && hash.digest('base64') !== sha256)
      throw new Error('the code that came is not what Lambda says it is');
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
