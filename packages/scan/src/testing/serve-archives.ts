import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedArchive {
  body: Buffer;
  etag?: string;
  modified?: string;
  /** Answer with this status instead. */
  status?: number;
  /** Close the connection after so many bytes. */
  cutAt?: number;
}

/** A server on loopback that hands out archives as OSV does, with what it was asked. */
export async function serveArchives(archives: Record<string, ServedArchive>) {
  const asked: { path: string; headers: IncomingHttpHeaders; status: number }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const archive = archives[path];
    const isKnown =
      archive?.etag !== undefined
        ? request.headers['if-none-match'] === archive.etag
        : archive?.modified !== undefined && request.headers['if-modified-since'] === archive.modified;
    const status = !archive ? 404 : (archive.status ?? (isKnown ? 304 : 200));
    asked.push({ path, headers: request.headers, status });
    response.writeHead(status, {
      ...(archive?.etag !== undefined && { etag: archive.etag }),
      ...(archive?.modified !== undefined && { 'last-modified': archive.modified }),
      ...(status === 200 && { 'content-length': archive?.body.length }),
    });
    if (!archive || status !== 200) return response.end();
    if (archive.cutAt === undefined) return response.end(archive.body);
    response.write(archive.body.subarray(0, archive.cutAt), () => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}
