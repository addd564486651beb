import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ConsoleOptions } from './console-options.ts';
import { startConsole } from './start-console.ts';
import { spawnConsole } from './testing/spawn-console.ts';
import { makeTemporaryFolder } from './testing/temporary-folder.ts';
import { issueServerCertificate, makeAuthority } from './tls/authority.ts';
import { UserError } from './user-error.ts';

/** A data folder with a store in it; made once and copied, because making one takes seconds. */
let template = '';
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'ringfence-template-'));
  const dataDirectory = template;
  await (
    await startConsole({ port: 0, defenderPort: 0, dataDirectory, log: pino({ level: 'silent' }) })
  ).close();
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

function copyTemplate(): string {
  const folder = makeTemporaryFolder();
  cpSync(template, folder, { recursive: true });
  return folder;
}

async function start(options: Partial<ConsoleOptions> = {}) {
  const dataDirectory = options.dataDirectory ?? copyTemplate();
  const log = pino({ level: 'silent' });
  const running = await startConsole({ port: 0, defenderPort: 0, log, ...options, dataDirectory });
  onTestFinished(() => running.close());
  return running;
}

const failure = (options: Partial<ConsoleOptions>) =>
  start(options).then(
    () => Promise.reject(new Error('it started')),
    (error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      return error;
    },
  );

test('a port that is in use is named, and the folder is free again', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const dataDirectory = copyTemplate();
  const error = await failure({ port, dataDirectory });
  expect(error.message).toBe(`Port ${port} on 127.0.0.1 is in use.`);
  expect(error.hint).toContain('--port');
  expect((await failure({ defenderPort: port, dataDirectory })).hint).toContain('--defender-port');
  await start({ dataDirectory });
});

test('a folder that another process has is refused, and taken over once that one is dead', async () => {
  const dataDirectory = copyTemplate();
  const other = await spawnConsole({ dataDirectory });
  const { message } = await failure({ dataDirectory });
  expect(message).toContain(`in use by another Console (process ${other.child.pid})`);
  await other.end('SIGKILL');
  await start({ dataDirectory });
});

test('a folder that cannot be written is named', async () => {
  const file = join(makeTemporaryFolder(), 'file');
  writeFileSync(file, '');
  const { message } = await failure({ dataDirectory: join(file, 'data') });
  expect(message).toContain(`${file}/data can't be written (ENOTDIR)`);
});

test('a store that does not open is named', async () => {
  const dataDirectory = makeTemporaryFolder();
  mkdirSync(join(dataDirectory, 'store'));
  writeFileSync(join(dataDirectory, 'store', 'PG_VERSION'), 'rubbish');
  const { message } = await failure({ dataDirectory });
  expect(message).toContain(`The store in ${dataDirectory}/store does not open`);
});

test('a database that cannot be reached is named without its password', async () => {
  const error = await failure({ databaseUrl: 'postgres://me:secret@127.0.0.1:1/audits' });
  expect(error.message).toContain("The database at 127.0.0.1:1/audits can't be used");
  expect(error.message + error.hint).not.toContain('secret@');
});

test('plain HTTP is served on loopback only', async () => {
  expect((await failure({ host: '0.0.0.0' })).message).toContain('does not serve plain HTTP');
});

test('the link for setup changes with each start until it is used; what was stored is there again', async () => {
  const dataDirectory = makeTemporaryFolder();
  const first = await start({ dataDirectory });
  expect(first.setupUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{43}$/);
  await first.close();
  const second = await start({ dataDirectory });
  expect(second.setupUrl).toBeDefined();
  expect(second.setupUrl?.split('#')[1]).not.toBe(first.setupUrl?.split('#')[1]);
  expect(second.authority).toBe(first.authority);
});

test('with a certificate it serves TLS, with a cookie that only TLS carries', async () => {
  const authority = await makeAuthority();
  const { key, certificate } = await issueServerCertificate(authority, ['127.0.0.1'], 1);
  const running = await start({ tls: { key, cert: certificate } });
  expect(running.url).toMatch(/^https:/);
  const { request } = await import('node:https');
  const [, token] = running.setupUrl?.split('#') ?? [];
  const setCookie = await new Promise<string>((resolve, reject) => {
    const sent = request(
      `${running.url}/api/setup`,
      { method: 'POST', ca: authority.certificate, headers: { 'content-type': 'application/json' } },
      (response) => resolve(String(response.headers['set-cookie'])),
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ token, email: 'a@example.com', password: 'a long password' }));
  });
  expect(setCookie).toMatch(/^__Host-ringfence=.*Secure/);
});

test('the listener for Defenders shows a certificate of the authority for localhost, both addresses and the given host', async () => {
  const running = await start({ defenderHost: 'console.example' });
  expect(running.defenderUrl).toMatch(/^https:\/\/console\.example:\d+$/);
  const port = Number(new URL(running.defenderUrl).port);
  for (const servername of ['localhost', 'console.example']) {
    const socket = connect({ host: '127.0.0.1', port, ca: running.authority, servername });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerCertificate().subjectaltname).toContain('IP Address:127.0.0.1');
    expect(socket.getPeerCertificate().subjectaltname).toContain('IP Address:0:0:0:0:0:0:0:1');
    socket.destroy();
  }
});

test('whoever runs the Console can make an API token', async () => {
  const running = await start();
  const token = await running.createApiToken('npm start', 'viewer');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${running.url}/api/session`, { headers });
  expect(await answer.json()).toMatchObject({ kind: 'token', name: 'npm start', role: 'viewer' });
});
