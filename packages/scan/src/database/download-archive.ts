import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { z } from 'zod';
import type { Ecosystem } from '../ecosystem.ts';
import { DownloadError } from '../scan-error.ts';

/** Where OSV publishes an archive for each ecosystem (google.github.io/osv.dev/data). */
export const osvAddress = 'https://osv-vulnerabilities.storage.googleapis.com';

/** The largest has some hundred megabytes. What is longer is not what was asked for. */
const largestBytes = 4 * 1024 ** 3;
const patienceMs = 30 * 60 * 1000;

/** What is known of an archive that was downloaded before. */
const Kept = z.object({ url: z.string(), etag: z.string().nullable(), modified: z.string().nullable() });

export interface Archive {
  path: string;
  /** Whether the server had a newer one than the one that was kept. */
  isNew: boolean;
}

/**
 * Fetches the archive of an ecosystem from `<address>/<ecosystem>/all.zip` into `folder`, unless the one that is there is as new.
 * `onProgress` gets the bytes so far. Rejects with `DownloadError`; what was there then stays.
 */
export async function downloadArchive(
  address: string,
  ecosystem: Ecosystem,
  folder: string,
  onProgress: (bytes: number) => void = () => {},
): Promise<Archive> {
  const url = `${address.replace(/\/+$/, '')}/${ecosystem}/all.zip`;
  const path = join(folder, `${ecosystem}.zip`);
  const notes = join(folder, `${ecosystem}.json`);
  const kept = await readKept(path, notes, url);
  const refuse = (why: string, cause?: unknown) => new DownloadError(`${url} ${why}`, { cause });
  await mkdir(folder, { recursive: true });
  const partial = `${path}.${process.pid}.part`;
  try {
    const response = await fetch(url, {
      headers: {
        ...(kept?.etag && { 'if-none-match': kept.etag }),
        ...(kept?.modified && { 'if-modified-since': kept.modified }),
      },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (kept && response.status === 304) return { path, isNew: false };
    if (!response.ok || !response.body) throw refuse(`answers with ${response.status}.`);
    await pipeline(Readable.fromWeb(response.body as never), countBytes(), createWriteStream(partial));
    (await yauzl.openPromise(partial)).close();
    // In this order, so that notes are never about another archive.
    await rm(notes, { force: true });
    await rename(partial, path);
    const { headers } = response;
    const text = { url, etag: headers.get('etag'), modified: headers.get('last-modified') };
    await writeFile(notes, JSON.stringify(text));
    return { path, isNew: true };
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    const { message, cause } = error as Error;
    const { code, message: reason } = (cause ?? {}) as NodeJS.ErrnoException;
    // A proxy that refuses has a code that is no text.
    const why = typeof code === 'string' ? code : (reason ?? message);
    throw refuse(`cannot be downloaded: ${why}.`, error);
  } finally {
    await rm(partial, { force: true });
  }

  function countBytes(): Transform {
    let bytes = 0;
    return new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        onProgress(bytes);
        if (bytes > largestBytes) done(refuse(`is longer than ${largestBytes} bytes.`));
        else done(null, chunk);
      },
    });
  }
}

async function readKept(path: string, notes: string, url: string): Promise<z.infer<typeof Kept> | undefined> {
  try {
    await stat(path);
    const kept = Kept.parse(JSON.parse(await readFile(notes, 'utf8')));
    return kept.url === url ? kept : undefined;
  } catch {
    // Missing or broken: the archive is fetched as if for the first time.
    return undefined;
  }
}
