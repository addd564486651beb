import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startConsole } from '@ringfence/console';
import { makeZip } from '@ringfence/scan/testing/make-zip';
import { serveArchives } from '@ringfence/scan/testing/serve-archives';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { ringfenceLine } from '../testing/run-ringfence.ts';
import { startProxy } from '../testing/start-proxy.ts';

const content = JSON.stringify({
  id: 'GHSA-1',
  affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1.0.0'] }],
});
const archive = makeZip([{ name: 'GHSA-1.json', content }]);

/** Beside the servers, which live in this process. No name but those of the proxy's is known: all end in .test. */
function ringfence(args: string[], env: Record<string, string>): Promise<{ code: unknown; stderr: string }> {
  const [command = '', ...words] = ringfenceLine;
  const without = {
    HTTP_PROXY: '',
    HTTPS_PROXY: '',
    NO_PROXY: '',
    http_proxy: '',
    https_proxy: '',
    no_proxy: '',
  };
  return new Promise((resolve) =>
    execFile(
      command,
      [...words, ...args],
      { env: { ...process.env, ...without, XDG_CACHE_HOME: join(makeFolder(), 'cache'), ...env } },
      (error, _, stderr) => resolve({ code: error ? error.code : 0, stderr }),
    ),
  );
}

const update = (address: string, env: Record<string, string>) =>
  ringfence(['db', 'update', '--ecosystem', 'npm', '--osv', address], env);

async function openProxy(login?: string) {
  const proxy = await startProxy(login);
  onTestFinished(() => void proxy.close());
  return proxy;
}

async function openArchives() {
  const server = await serveArchives({ '/npm/all.zip': { body: archive } });
  onTestFinished(() => void server.close());
  return { ...server, port: new URL(server.address).port };
}

/** Serves the archive by HTTPS, as osv.test. */
async function serveSafely() {
  const folder = makeFolder();
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = ['-subj', '/CN=osv.test', '-addext', 'subjectAltName=DNS:osv.test'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const options = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createServer(options, (_, response) => response.end(archive));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { port, env: { NODE_EXTRA_CA_CERTS: certificate } };
}

it('fetches archives through the proxy of plain HTTP, by their whole address', async () => {
  const [{ port }, proxy] = [await openArchives(), await openProxy()];
  const { code } = await update(`http://osv.test:${port}`, { http_proxy: proxy.host });
  expect({ code, asked: proxy.asked }).toEqual({
    code: 0,
    asked: [`GET http://osv.test:${port}/npm/all.zip`],
  });
});

it('fetches archives through the proxy of HTTPS, in a tunnel, and logs in there', async () => {
  const [{ port, env }, proxy] = [await serveSafely(), await openProxy('ci:secret')];
  const through = (login: string) =>
    update(`https://osv.test:${port}`, { ...env, HTTPS_PROXY: `http://${login}@${proxy.host}` });
  expect(await through('ci:secret')).toMatchObject({ code: 0 });
  expect(proxy.asked).toEqual([`CONNECT osv.test:${port}`]);
  expect(await through('ci:wrong')).toMatchObject({ code: 3 });
});

it('leaves out the proxy for this machine and for what NO_PROXY names', async () => {
  const [{ port }, proxy] = [await openArchives(), await openProxy()];
  const env = { HTTP_PROXY: proxy.host };
  expect(await update(`http://127.0.0.1:${port}`, env)).toMatchObject({ code: 0 });
  const excepted = await update(`http://osv.test:${port}`, { ...env, NO_PROXY: 'other.test,.test' });
  expect(excepted).toMatchObject({ code: 3, stderr: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) });
  expect(proxy.asked).toEqual([]);
});

it('publishes through the proxy', async () => {
  const proxy = await openProxy();
  const folder = makeFolder();
  const running = await startConsole({ port: 0, defenderPort: 0, dataDirectory: join(folder, 'data') });
  onTestFinished(() => running.close());
  const { port } = new URL(running.url);
  const { code, stderr } = await ringfence(
    ['scan', makeFolder(), '--skip-advisories', '--publish', '--function', 'f', '--region', 'eu-west-1'],
    {
      HTTP_PROXY: proxy.host,
      RINGFENCE_CONSOLE: `http://console.test:${port}`,
      RINGFENCE_TOKEN: await running.createApiToken('ci', 'build'),
    },
  );
  expect({ code, asked: proxy.asked }, stderr).toEqual({
    code: 0,
    asked: [`POST http://console.test:${port}/api/reports`],
  });
});

it.each(['socks5://127.0.0.1:1080', 'http://a b:3128'])(
  '%s is no proxy, and is not repeated',
  async (address) => {
    const { code, stderr } = await update('http://osv.test', { HTTP_PROXY: address });
    expect(code).toBe(2);
    expect(stderr).toContain('HTTP_PROXY is not the address of an HTTP proxy');
    expect(stderr).not.toContain(address);
  },
);
