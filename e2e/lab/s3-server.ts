import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** As much of S3's REST API as the SDKs use to put, get and list objects; path style. Objects live in memory. */
export function serveS3(address: string, port: number): void {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const body = await buffer(request);
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) {
      response.writeHead(403).end();
    } else if (request.method === 'PUT') {
      objects.set(url.pathname, body);
      response.writeHead(200, { ETag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
    } else if (url.searchParams.has('list-type')) {
      const bucket = url.pathname.replace(/\/$/, '');
      const keys = [...objects.keys()].filter((key) => key.startsWith(`${bucket}/`)).sort();
      const contents = keys.map((key) => {
        const object = objects.get(key) as Buffer;
        const tag = createHash('md5').update(object).digest('hex');
        return `<Contents><Key>${key.slice(bucket.length + 1)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;${tag}&quot;</ETag><Size>${object.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
      });
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(
        `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket.slice(1)}</Name><Prefix></Prefix><KeyCount>${keys.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
      );
    } else {
      const object = objects.get(url.pathname);
      if (object) response.writeHead(200, { 'content-length': object.length }).end(object);
      else response.writeHead(404).end();
    }
  });
  server.listen(port, address);
}
