import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  buildProxyHost,
  exchange,
  openRaw,
  type ProxyHost,
  type RawClient,
  startProxy,
  startRaw,
} from './proxy-host.ts';

const flooding = `
  const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1');
  const chunk = Buffer.from('10000\\r\\n' + 'z'.repeat(65536) + '\\r\\n');
  const pump = () => { while (socket.write(chunk)); };
  socket.on('drain', pump).resume().write('POST /flood HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n');
  socket.on('close', () => process.exit(1));
  pump();
`;
const simple = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const kept = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const waiting = 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n';
let executable: string;
let proxy: ProxyHost;
let server: Server;
let requests: string[] = [];

beforeAll(() => {
  executable = buildProxyHost();
});

async function start(mostDescriptors?: number): Promise<void> {
  proxy = await startProxy(executable, (server.address() as AddressInfo).port, mostDescriptors);
}

beforeEach(async () => {
  requests = [];
  const api = createServer((incoming, outgoing) => {
    requests.push(incoming.url ?? '');
    if (incoming.url?.endsWith('/next')) return;
    if (incoming.url === '/flood') {
      incoming.on('error', () => {}).resume();
      return;
    }
    const length = incoming.headers['content-length'];
    if (length) outgoing.setHeader('Content-Length', length);
    incoming.on('error', () => {}).pipe(outgoing);
  });
  server = api;
  api.requestTimeout = 0;
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', 511, resolve));
});

afterEach(async () => {
  await proxy.stop();
  (server as ReturnType<typeof createServer>).closeAllConnections();
  server.close();
});

const works = async () => (await exchange(proxy.port, simple)).startsWith('HTTP/1.1 200 OK');
const descriptors = () => readdirSync(`/proc/${proxy.pid}/fd`).length;

async function settle(count: number): Promise<void> {
  while (descriptors() > count) await sleep(10);
}

describe('a hostile client', () => {
  it.each([
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00', 400],
    ['another version', 'GET / HTTP/2.0\r\n\r\n', 400],
    ['HTTP/0.9', 'GET /\r\n\r\n', 400],
    ['an empty line first', '\r\nGET / HTTP/1.1\r\n\r\n', 400],
    ['a tunnel', 'CONNECT example.test:443 HTTP/1.1\r\n\r\n', 400],
    ['a whole URL', 'GET http://example.test/ HTTP/1.1\r\n\r\n', 400],
    ['two spaces', 'GET  / HTTP/1.1\r\n\r\n', 400],
    ['a bare LF', 'GET / HTTP/1.1\nHost: x\n\n', 400],
    ['a bare CR', 'GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n', 400],
    ['a NUL in a name', 'GET / HTTP/1.1\r\nA\0: b\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n', 400],
    ['no colon', 'GET / HTTP/1.1\r\nAbc\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd', 400],
    ['the same length twice', 'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc', 400],
    ['a signed length', 'POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc', 400],
    [
      'length and chunked',
      'POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a hidden coding', 'POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', 400],
    ['a long head', `GET / HTTP/1.1\r\nA: ${'b'.repeat(20_000)}\r\n\r\n`, 431],
    ['a long target', `GET /${'b'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431],
  ])('is refused: %s', async (_, message, status) => {
    await start();
    const answer = await exchange(proxy.port, message);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '').errorType).toBe('Ringfence.RuntimeApiBadRequest');
    expect(requests).toEqual([]);
    expect(await works()).toBe(true);
    expect(proxy.lines).toEqual([]);
  });

  it('that breaks its chunks loses its connection, and smuggles nothing', async () => {
    await start();
    const answer = await exchange(
      proxy.port,
      'POST /one HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabGET /two HTTP/1.1\r\n\r\n',
    );
    expect(answer).not.toContain('/two');
    expect(requests).not.toContain('/two');
    expect(await works()).toBe(true);
  });

  it('that still sends is told why it is refused', async () => {
    await start();
    const client = openRaw(proxy.port);
    client.socket.write('BAD\r\n\r\n');
    client.socket.write(Buffer.alloc(20_000_000));
    expect(await client.all()).toMatch(/^HTTP.1.1 400 /);
    expect(client.error()).toBe(undefined);
  });

  it('may come 1,000 times, and leaves nothing behind', async () => {
    await start();
    await works();
    await sleep(50);
    const before = descriptors();
    for (let i = 0; i < 1000; i++) {
      if (i % 4 === 0) openRaw(proxy.port).socket.end();
      else if (i % 4 === 1) openRaw(proxy.port).socket.end(simple.slice(0, 9));
      else if (!(await works())) throw new Error(`connection ${i} was not served`);
    }
    await settle(before);
  });

  it('gets no more than 64 connections: the oldest idle one makes room', async () => {
    await start();
    const clients: RawClient[] = [];
    for (let i = 0; i < 80; i++) {
      const client = openRaw(proxy.port);
      clients.push(client);
      client.socket.write(kept);
      await client.until('\r\n\r\n');
    }
    await Promise.all(clients.slice(0, 16).map((client) => client.all()));
    expect(clients.map((client) => client.socket.closed)).toEqual(clients.map((_, i) => i < 16));
    for (const client of clients) client.socket.destroy();
  });

  it('is refused the 65th when all wait for an answer, and no other is disturbed', async () => {
    await start();
    const clients = Array.from({ length: 64 }, () => openRaw(proxy.port));
    for (const client of clients) client.socket.write(waiting);
    while (requests.length < 64) await sleep(5);
    const late = openRaw(proxy.port);
    late.socket.write(simple);
    expect(await late.all()).toBe('');
    expect(clients.every((client) => !client.socket.closed)).toBe(true);
    clients[0]?.socket.destroy();
    while (!(await works())) await sleep(10);
    for (const client of clients) client.socket.destroy();
  });

  it('is one of 80 at once, each served', async () => {
    await start();
    const size = 300_000;
    const body = 'y'.repeat(size);
    const message = `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n${body}`;
    const serve = async () => {
      for (;;) {
        const answer = await exchange(proxy.port, message);
        if (answer.includes(body)) return true;
        if (answer !== '') throw new Error(answer.slice(0, 200));
      }
    };
    expect(await Promise.all(Array.from({ length: 80 }, serve))).toHaveLength(80);
  });

  it('that floods does not keep others waiting', async () => {
    await start();
    const flood = spawn(process.execPath, ['-e', flooding, `${proxy.port}`], { stdio: 'inherit' });
    while (!requests.includes('/flood')) await sleep(10);
    for (let i = 0; i < 200; i++) expect(await exchange(proxy.port, simple)).toMatch(/^HTTP.1.1 200 OK/);
    expect(flood.exitCode).toBe(null);
    flood.kill();
  });

  /* One of the two limits leaves a descriptor for the client whose upstream then has none, the other not even that. */
  it.each([24, 25])('that uses up all of %i descriptors does not make the proxy spin', async (limit) => {
    await start(limit);
    const clients: RawClient[] = [];
    const open = () => {
      const client = openRaw(proxy.port);
      clients.push(client);
      client.socket.write(waiting);
    };
    for (let i = 1; i <= Math.floor((limit - 5) / 2); i++) {
      open();
      while (requests.length < i) await sleep(5);
    }
    for (let i = 0; i < 5; i++) {
      open();
      await sleep(30);
    }
    await sleep(200);
    const cpu = () => {
      const [user = 0, system = 0] = readFileSync(`/proc/${proxy.pid}/stat`, 'utf8')
        .split(' ')
        .slice(13, 15)
        .map(Number);
      return user + system;
    };
    const before = cpu();
    await sleep(1000);
    expect(cpu() - before).toBeLessThan(30);
    for (const client of clients) client.socket.destroy();
    while (!(await works())) await sleep(20);
  });
});

describe('any bytes', () => {
  const messages = [
    simple,
    kept,
    'POST /2018-06-01/runtime/invocation/1/response HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello',
    'POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: A\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n',
    'PUT /y HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n1',
  ];
  const answers = [
    'HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 8476a536\r\nContent-Length: 5\r\n\r\nhello',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n',
    'HTTP/1.1 200 OK\r\n\r\nuntil the end',
    'HTTP/1.1 204 No Content\r\n\r\n',
  ];
  const mutate = (text: string, mutations: { at: number; remove: number; insert: string }[]) =>
    mutations.reduce((so, { at, remove, insert }) => {
      const cut = at % (so.length + 1);
      return so.slice(0, cut) + insert + so.slice(cut + remove);
    }, text);
  const mutation = fc.record({
    at: fc.nat(600),
    remove: fc.nat(4),
    insert: fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('\r', '\n', '\0', '\r\n\r\n', ' ', '0', 'f', ':', 'HTTP/1.1'),
    ),
  });

  it('mutated and split anywhere, never bring the proxy down', async () => {
    await start();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...messages), { minLength: 1, maxLength: 4 }),
        fc.array(mutation, { maxLength: 3 }),
        fc.array(fc.nat(800), { maxLength: 4 }),
        fc.constantFrom('end', 'reset', 'destroy'),
        async (parts, mutations, cuts, goodbye) => {
          const text = mutate(parts.join(''), mutations);
          const client = openRaw(proxy.port);
          const edges = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
          for (let i = 1; i < edges.length; i++) {
            client.socket.write(text.slice(edges[i - 1], edges[i]), 'latin1');
            await sleep(0);
          }
          if (goodbye === 'end') client.socket.end();
          else if (goodbye === 'reset') client.socket.resetAndDestroy();
          else client.socket.destroy();
          expect(await works()).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('from the Runtime API never bring the proxy down', async () => {
    let answer = '';
    const api = await startRaw((socket) =>
      socket.once('data', async (bytes) => {
        if (bytes.includes('/sound')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        else {
          const half = answer.length >> 1;
          socket.write(answer.slice(0, half), 'latin1');
          await sleep(1);
          socket.end(answer.slice(half), 'latin1');
        }
      }),
    );
    proxy = await startProxy(executable, api.port);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...answers),
        fc.array(mutation, { maxLength: 3 }),
        async (whole, mutations) => {
          answer = mutate(whole, mutations);
          await exchange(proxy.port, waiting);
          expect(await exchange(proxy.port, 'GET /sound HTTP/1.1\r\n\r\n')).toMatch(/^HTTP.1.1 200 OK/);
        },
      ),
      { numRuns: 300 },
    );
    api.server.close();
  });
});
