import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProxyHost, openRaw, type ProxyHost, startProxy, startRaw } from './proxy-host.ts';

const responsePath = '/2018-06-01/runtime/invocation/8476a536/response';
let executable: string;
let proxy: ProxyHost;
let end: () => unknown;

beforeAll(() => {
  executable = buildProxyHost();
});

afterEach(async () => {
  await proxy.stop();
  end();
});

async function serve(listener: RequestListener): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  end = () => {
    server.closeAllConnections();
    server.close();
  };
  proxy = await startProxy(executable, (server.address() as AddressInfo).port);
}

async function serveRaw(listener: Parameters<typeof startRaw>[0]): Promise<void> {
  const { server, port } = await startRaw(listener);
  end = () => server.close();
  proxy = await startProxy(executable, port);
}

async function hashOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of stream) hash.update(bytes);
  return hash.digest('hex');
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function post(headers: Record<string, string> = {}) {
  return request({ port: proxy.port, host: '127.0.0.1', method: 'POST', path: responsePath, headers });
}

const privateKb = () =>
  Number(/^Private_Dirty: +(\d+)/m.exec(readFileSync(`/proc/${proxy.pid}/smaps_rollup`, 'utf8'))?.[1]);

describe('streams', () => {
  it.each([6_000_000, 25_000_000])('brings an event of %i bytes unharmed', async (size) => {
    const event = randomBytes(size);
    await serve((_, outgoing) => outgoing.setHeader('Content-Length', size).end(event));
    const sent = request({ port: proxy.port, path: '/2018-06-01/runtime/invocation/next' }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(await hashOf(response)).toBe(sha256(event));
  });

  it('takes a streamed response of 20 MB with its trailers', async () => {
    const body = randomBytes(20_000_000);
    let seen: unknown;
    await serve(async (incoming, outgoing) => {
      const hash = await hashOf(incoming);
      seen = {
        hash,
        trailers: incoming.trailers,
        mode: incoming.headers['lambda-runtime-function-response-mode'],
      };
      outgoing.writeHead(202).end();
    });
    const trailers = {
      'lambda-runtime-function-error-type': 'Runtime.Streamed',
      'lambda-runtime-function-error-body': 'e30=',
    };
    const sent = post({
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Transfer-Encoding': 'chunked',
      Trailer: Object.keys(trailers).join(', '),
    });
    sent.addTrailers(trailers);
    const answered = once(sent, 'response');
    await pipeline(async function* () {
      for (let at = 0; at < body.length; at += 70_001) yield body.subarray(at, at + 70_001);
    }, sent);
    const [response] = (await answered) as [IncomingMessage];
    expect(response.statusCode).toBe(202);
    expect(seen).toEqual({ hash: sha256(body), trailers, mode: 'streaming' });
    response.resume();
    await proxy.told('ended 8476a536');
  });

  it('passes both ways at once, each piece as it arrives', async () => {
    await serve((incoming, outgoing) => {
      outgoing.setHeader('Trailer', 'Count');
      incoming.on('data', (bytes) => outgoing.write(bytes));
      incoming.on('end', () => {
        outgoing.addTrailers({ Count: incoming.trailers.count ?? 'none' });
        outgoing.end();
      });
    });
    const sent = post({ 'Transfer-Encoding': 'chunked', Trailer: 'Count' });
    sent.write('first');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    for (const piece of ['first', 'second', 'x'.repeat(200_000), 'fourth']) {
      if (piece !== 'first') sent.write(piece);
      let text = '';
      while (text.length < piece.length) {
        const bytes = response.read();
        if (bytes === null) await once(response, 'readable');
        else text += bytes;
      }
      expect(text).toBe(piece);
    }
    sent.addTrailers({ Count: '4' });
    sent.end();
    response.resume();
    await once(response, 'end');
    expect(response.trailers).toEqual({ count: '4' });
  });

  it('holds a fast client back for a slow Runtime API, and keeps little', async () => {
    let release: () => void = () => {};
    const body = randomBytes(30_000_000);
    await serve(async (incoming, outgoing) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      outgoing.end(await hashOf(incoming));
    });
    await sleep(50);
    const before = privateKb();
    const sent = post({ 'Content-Length': `${body.length}` });
    sent.end(body);
    let last = -1;
    for (;;) {
      await sleep(100);
      const { bytesWritten = 0 } = sent.socket ?? {};
      if (bytesWritten > 0 && bytesWritten === last) break;
      last = bytesWritten;
    }
    expect(sent.socket?.writableLength).toBeGreaterThan(1_000_000);
    expect(privateKb() - before).toBeLessThan(1000);
    release();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect((await response.toArray()).join('')).toBe(sha256(body));
  });

  it('holds a fast Runtime API back for a slow client, however long that is slow', async () => {
    const event = randomBytes(30_000_000);
    let outgoingLength = () => 0;
    await serve((_, outgoing) => {
      outgoingLength = () => outgoing.writableLength;
      outgoing.end(event);
    });
    const sent = request({ port: proxy.port, path: '/2018-06-01/runtime/invocation/next' }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await sleep(2500);
    expect(outgoingLength()).toBeGreaterThan(1_000_000);
    expect(await hashOf(response)).toBe(sha256(event));
    expect(proxy.lines.filter((line) => line.startsWith('audit'))).toEqual([]);
  });

  it('gives its memory back after much has passed', async () => {
    await serve((incoming, outgoing) => incoming.pipe(outgoing));
    const roundTrip = async (size: number) => {
      const sent = post();
      sent.end(Buffer.alloc(size, 'x'));
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      return (await response.toArray()).join('').length;
    };
    await roundTrip(100);
    const before = privateKb();
    expect(await roundTrip(5_000_000)).toBe(5_000_000);
    await sleep(50);
    expect(privateKb() - before).toBeLessThan(40);
  });

  it('lets a client end its side and still get its answer', async () => {
    await serveRaw((socket) => {
      let text = '';
      socket.on('data', (bytes) => {
        text += bytes;
      });
      socket.on('end', async () => {
        await sleep(20);
        socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
      });
    });
    const client = openRaw(proxy.port);
    const message = 'POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc';
    client.socket.end(message);
    expect(await client.all()).toBe(`HTTP/1.1 200 OK\r\nContent-Length: ${message.length}\r\n\r\n${message}`);
  });

  it('passes on that a client ended amid its request', async () => {
    let got = '';
    await serveRaw((socket) => {
      socket.on('data', (bytes) => {
        got += bytes;
      });
      socket.on('end', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
    });
    const client = openRaw(proxy.port);
    client.socket.end(`POST ${responsePath} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab`);
    expect(await client.all()).toMatch(/^HTTP\/1.1 400 /);
    expect(got).toMatch(/5\r\nab$/);
    expect(proxy.lines).toEqual([]);
  });

  it('frees both sides when a client vanishes amid its request or its event', async () => {
    let closed = 0;
    await serveRaw((socket) => {
      socket.on('close', () => closed++);
      socket.on('data', (bytes) => {
        if (bytes.includes('GET')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1');
      });
      socket.on('end', () => socket.end());
    });
    const event = openRaw(proxy.port);
    event.socket.write('GET / HTTP/1.1\r\n\r\n');
    await event.until('\r\n\r\n1');
    event.socket.resetAndDestroy();
    const upload = openRaw(proxy.port);
    upload.socket.write('POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n1');
    await sleep(50);
    upload.socket.resetAndDestroy();
    while (closed < 2) await sleep(10);
  });
});
