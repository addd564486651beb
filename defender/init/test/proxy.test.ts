import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProxyHost, exchange, openRaw, type ProxyHost, startProxy, startRaw } from './proxy-host.ts';

const version = '/2018-06-01/runtime';
const id = '8476a536-e9f4-11e8-9739-2dfe598c3fcd';
let executable: string;
let proxy: ProxyHost;
let ends: (() => unknown)[] = [];

beforeAll(() => {
  executable = buildProxyHost();
});

afterEach(async () => {
  await proxy.stop();
  for (const end of ends) end();
  ends = [];
});

async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<Server> {
  const server = createServer(listener).listen(0, host);
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  proxy = await startProxy(
    executable,
    `${host === '::1' ? '[::1]' : host}:${(server.address() as AddressInfo).port}`,
  );
  return server;
}

async function serveRaw(listener: Parameters<typeof startRaw>[0]): Promise<void> {
  const { server, port } = await startRaw(listener);
  ends.push(() => server.close());
  proxy = await startProxy(executable, port);
}

interface Answer {
  response: IncomingMessage;
  body: string;
}

async function call(method: string, path: string, body = '', agent?: Agent): Promise<Answer> {
  const sent = request({ port: proxy.port, host: '127.0.0.1', method, path, ...(agent ? { agent } : {}) });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const bytes of response) text += bytes;
  return { response, body: text };
}

describe('calls', () => {
  it('tells about an invocation before its event arrives and after its response went', async () => {
    const seen: string[] = [];
    await serve((incoming, outgoing) => {
      seen.push(`${incoming.method} ${incoming.url}`, ...proxy.lines);
      if (incoming.method === 'POST')
        incoming.resume().on('end', () => outgoing.writeHead(202).end('{"status":"OK"}'));
      else outgoing.setHeader('Lambda-Runtime-Aws-Request-Id', id).end('{"key":1}');
    });
    const event = await call('GET', `${version}/invocation/next`);
    expect(event.body).toBe('{"key":1}');
    expect(event.response.headers['lambda-runtime-aws-request-id']).toBe(id);
    await proxy.told('started');
    expect(proxy.lines).toEqual(['ready', `started ${id}`]);
    expect((await call('POST', `${version}/invocation/${id}/response`, '{}')).response.statusCode).toBe(202);
    await proxy.told('ended');
    await call('GET', `${version}/invocation/next?again`);
    expect((await call('POST', `${version}/invocation/other/error`, '{}')).response.statusCode).toBe(202);
    await proxy.told('ended other');
    expect(proxy.lines).toEqual(['ready', `started ${id}`, `ended ${id}`, `started ${id}`, 'ended other']);
  });

  it('is ready at the restore of a snapshot too, and starts nothing for other calls or statuses', async () => {
    await serve((_, outgoing) => outgoing.writeHead(410, { 'Lambda-Runtime-Aws-Request-Id': id }).end());
    await call('POST', `${version}/init/error`, '{}');
    await call('GET', '/2020-01-01/extension/event/next');
    await call('GET', `${version}/invocation/${id}/response`);
    await call('POST', `${version}/invocation/next`);
    await call('GET', `${version}/invocation/nextfoo`);
    await sleep(20);
    expect(proxy.lines).toEqual([]);
    await call('GET', `${version}/restore/next`);
    await call('GET', `${version}/invocation/next`);
    await call('GET', `${version}/invocation/next`);
    await sleep(20);
    expect(proxy.lines).toEqual(['ready']);
  });

  it('passes every call and every answer as it is, byte for byte', async () => {
    const bodies = [
      '',
      'Content-Length: 4\r\n\r\nbody',
      'Transfer-Encoding: chunked\r\n\r\n4;x="y"\r\nbody\r\n0\r\nTrailer: 1\r\n\r\n',
    ];
    const answers = [
      'HTTP/1.1 200 OK\r\nX-Latin: caf\xe9\r\nContent-Length: 3\r\n\r\nabc',
      'HTTP/1.1 202 \r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 204\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nDigest: x\r\n\r\n',
      'HTTP/1.0 200 OK\r\n\r\nuntil the end',
    ];
    let got = '';
    let answer = '';
    await serveRaw((socket) => {
      socket.on('data', (bytes) => {
        got += bytes.toString('latin1');
        if (!got.includes('last')) return;
        if (answer.startsWith('HTTP/1.0')) socket.end(answer, 'latin1');
        else socket.write(answer, 'latin1');
      });
    });
    const calls = [
      `GET ${version}/invocation/next`,
      `POST ${version}/invocation/${id}/response`,
      `POST ${version}/invocation/${id}/error`,
      `POST ${version}/init/error`,
      `GET ${version}/restore/next`,
      `POST ${version}/restore/error`,
      'POST /2020-01-01/extension/register',
      'GET /2020-01-01/extension/event/next',
      'POST /2020-01-01/extension/init/error',
      'POST /2020-01-01/extension/exit/error',
      'PUT /2022-07-01/telemetry',
      'PUT /2020-08-15/logs',
      'OPTIONS *',
    ];
    for (const [index, line] of calls.entries()) {
      const body = bodies[index % bodies.length] ?? '';
      const message = `${line} HTTP/1.1\r\nHost: x\r\nlast:1\r\n${body || '\r\n'}`;
      answer = answers[index % answers.length] ?? '';
      got = '';
      const client = openRaw(proxy.port);
      client.socket.write(message, 'latin1');
      await client.until(answer);
      client.socket.destroy();
      expect(client.received()).toBe(answer);
      expect(got).toBe(message);
    }
    expect(proxy.lines.filter((told) => told.startsWith('audit'))).toEqual([]);
  });

  it('carries 10,000 requests over one connection', async () => {
    let connections = 0;
    const server = await serve((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.end(incoming.url));
    });
    server.on('connection', () => connections++);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; i < 10_000; i++) {
      const { body } = await call(i % 2 ? 'POST' : 'GET', `/${i}`, i % 2 ? 'x'.repeat(i % 300) : '', agent);
      if (body !== `/${i}`) throw new Error(`request ${i} got the answer of ${body}`);
    }
    agent.destroy();
    expect(connections).toBe(1);
  });

  it('takes pipelined requests one after the other', async () => {
    const seen: string[] = [];
    await serve((incoming, outgoing) => {
      seen.push(incoming.url ?? '');
      setTimeout(() => outgoing.end(incoming.url), 5);
    });
    const client = openRaw(proxy.port);
    const count = 50;
    for (let i = 0; i < count; i++) client.socket.write(`GET /${i}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    const text = await client.until(`/${count - 1}/`);
    client.socket.destroy();
    const expected = Array.from({ length: count }, (_, i) => `/${i}/`);
    expect(seen).toEqual(expected);
    expect(text.match(/\/\d+\//g)).toEqual(expected);
  });

  it('answers pipelined requests of a client that has ended its side already', async () => {
    await serve((incoming, outgoing) => outgoing.end(incoming.url));
    const client = openRaw(proxy.port);
    client.socket.end('GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await client.all()).match(/\/one|\/two/g)).toEqual(['/one', '/two']);
  });

  it('knows that answers to HEAD, 204 and 304 have no body', async () => {
    await serve((incoming, outgoing) => {
      const status = Number(incoming.url?.slice(1));
      outgoing
        .writeHead(status, incoming.method === 'HEAD' || status === 304 ? { 'Content-Length': 999 } : {})
        .end();
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 204],
      ['GET', 304],
      ['HEAD', 200],
      ['GET', 200],
    ] as const)
      expect((await call(method, `/${status}`, '', agent)).response.statusCode).toBe(status);
    agent.destroy();
  });

  it('passes Expect: 100-continue both ways', async () => {
    const server = await serve((_, outgoing) => outgoing.end());
    let allowed = 0;
    server.on('checkContinue', (incoming, outgoing) => {
      allowed++;
      outgoing.writeContinue();
      let text = '';
      incoming.on('data', (bytes: Buffer) => {
        text += bytes;
      });
      incoming.on('end', () => outgoing.end(text));
    });
    const sent = request({
      port: proxy.port,
      method: 'POST',
      path: '/',
      headers: { Expect: '100-continue' },
    });
    sent.flushHeaders();
    await once(sent, 'continue');
    sent.end('after the permission');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect((await response.toArray()).join('')).toBe('after the permission');
    expect(allowed).toBe(1);
  });

  it('reaches a Runtime API on IPv6 and on localhost, and refuses a name', async () => {
    await serve((_, outgoing) => outgoing.end('six'), '::1');
    expect((await call('GET', '/')).body).toBe('six');
    await proxy.stop();
    await serve((_, outgoing) => outgoing.end('four'), 'localhost');
    expect((await call('GET', '/')).body).toBe('four');
    for (const bad of [
      'example.test:80',
      '127.0.0.1',
      '127.0.0.1:0',
      '127.0.0.1:65536',
      ':1',
      '[::1:80',
      '127.0.0.1:1x',
    ])
      await expect(startProxy(executable, bad), bad).rejects.toThrow();
  });

  it('takes a head that arrives in two pieces, wherever it is cut', async () => {
    await serve((incoming, outgoing) => incoming.resume().on('end', () => outgoing.end(incoming.url)));
    const message = `POST /whole HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n`;
    for (let cut = 1; cut < message.length; cut++) {
      const client = openRaw(proxy.port);
      client.socket.write(message.slice(0, cut));
      await sleep(2);
      client.socket.write(message.slice(cut));
      expect(await client.all()).toMatch(/^HTTP\/1.1 200 OK\r\n.*\/whole/s);
    }
  });

  it('takes an answer that arrives in two pieces, wherever it is cut', async () => {
    const answer = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\nA: b\r\n\r\nbody';
    let cut = 1;
    await serveRaw((socket) => {
      socket.once('data', async () => {
        socket.write(answer.slice(0, cut));
        await sleep(2);
        socket.end(answer.slice(cut));
      });
    });
    for (; cut < answer.length; cut++)
      expect(await exchange(proxy.port, 'GET / HTTP/1.1\r\n\r\n')).toBe(answer);
  });

  it('takes messages that drip in byte by byte', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n';
    const message = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345';
    let got = '';
    await serveRaw((socket) => {
      socket.on('data', async (bytes) => {
        got += bytes;
        if (got !== message) return;
        for (const byte of answer) {
          socket.write(byte);
          await sleep(1);
        }
        socket.end();
      });
    });
    const client = openRaw(proxy.port);
    for (const byte of message) {
      client.socket.write(byte);
      await sleep(1);
    }
    expect(await client.all()).toBe(answer);
  });
});

describe('the report of an init error', () => {
  const report = async (upstream: string, message = 'a "quoted" reason\nand more') => {
    const [code] = await once(
      spawn(executable, [upstream, '--init-error', 'Ringfence.Refused', message]),
      'exit',
    );
    return code;
  };

  it('is posted as AWS documents it', async () => {
    let seen: { url?: string; type?: unknown; body?: unknown } = {};
    const server = await serve(async (incoming, outgoing) => {
      const body = JSON.parse((await incoming.toArray()).join(''));
      seen = { url: incoming.url ?? '', type: incoming.headers['lambda-runtime-function-error-type'], body };
      outgoing.writeHead(202).end('{"status":"OK"}');
    });
    expect(await report(`127.0.0.1:${(server.address() as AddressInfo).port}`)).toBe(0);
    expect(seen).toEqual({
      url: `${version}/init/error`,
      type: 'Ringfence.Refused',
      body: { errorType: 'Ringfence.Refused', errorMessage: 'a "quoted" reason\nand more', stackTrace: [] },
    });
  });

  it('ends without success when nobody listens, hangs, or sends rubbish', async () => {
    await serve((_, outgoing) => outgoing.writeHead(403).end());
    const silent = createNetServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    const rubbish = createNetServer((socket) => socket.on('error', () => {}).end('what?')).listen(
      0,
      '127.0.0.1',
    );
    await Promise.all([once(silent, 'listening'), once(rubbish, 'listening')]);
    const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
    expect(await report(`127.0.0.1:${portOf(silent)}`)).toBe(1);
    expect(await report(`127.0.0.1:${portOf(rubbish)}`)).toBe(1);
    expect(await report('127.0.0.1:1')).toBe(1);
    silent.close();
    rubbish.close();
  });
});
