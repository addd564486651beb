import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { downloadPackage } from './download-package.ts';

let folder = '';
const servers: ReturnType<typeof createServer>[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-download-'));
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/code.zip?X-Amz-Signature=secret`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

test('what Lambda says it is, is kept', async () => {
  const path = join(folder, 'a.zip');
  await downloadPackage(await serve((_, answer) => answer.end('code')), path, sha256('code'));
  expect(readFileSync(path, 'utf8')).toBe('code');
});

test.each([
  ['another content', (_: unknown, answer) => answer.end('other'), 'not what Lambda says it is'],
  ['no content', (_: unknown, answer) => answer.writeHead(403).end(), '127.0.0.1 answers 403'],
  [
    'a redirect',
    (_: unknown, answer) => answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'fetch failed',
  ],
  [
    'more than Lambda takes',
    (_: unknown, answer) => {
      const part = Buffer.alloc(8 * 1024 * 1024);
      const write = () => {
        while (answer.write(part));
        answer.once('drain', write);
      };
      write();
    },
    'its code has more than 256 MB',
  ],
] as [string, RequestListener, string][])(
  '%s is an error, and nothing is kept',
  async (_, listener, message) => {
    const path = join(folder, 'a.zip');
    const error = await downloadPackage(await serve(listener), path, sha256('code')).catch(String);
    expect(error).toContain(message);
    expect(error).not.toContain('secret');
    expect(existsSync(path)).toBe(false);
  },
);

test.each([
  ['http://169.254.169.254/latest/meta-data', 'http://127.0.0.1:1'],
  ['file:///etc/passwd', 'http://127.0.0.1:1'],
  ['http://127.0.0.1:1/code.zip', ''],
  ['http://127.0.0.1:1/code.zip', 'https://aws.example'],
])('nothing is taken from %s while the services are at %s', async (address, endpoint) => {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  await expect(downloadPackage(address, join(folder, 'a.zip'), undefined)).rejects.toThrow(
    'where none is taken from',
  );
});
