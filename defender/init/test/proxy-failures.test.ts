import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  buildProxyHost,
  exchange,
  openRaw,
  type ProxyHost,
  patienceMs,
  startProxy,
  startRaw,
} from './proxy-host.ts';

const next = 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n';
const post = 'POST /2018-06-01/runtime/invocation/1/response HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}';
let executable: string;
let proxy: ProxyHost;
let end: () => unknown = () => {};

beforeAll(() => {
  executable = buildProxyHost();
});

afterEach(async () => {
  await proxy.stop();
  end();
  end = () => {};
});

async function serve(listener: (socket: Socket, text: string) => void): Promise<void> {
  const { server, port } = await startRaw((socket) =>
    socket.on('data', (bytes) => listener(socket, `${bytes}`)),
  );
  end = () => server.close();
  proxy = await startProxy(executable, port);
}

const audits = () => proxy.lines.filter((line) => line.startsWith('audit'));

function expectFailure(answer: string, status: number, type: string): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head).toMatch(new RegExp(`Content-Length: ${body.length}(\r|$)`));
  const parsed = JSON.parse(body);
  expect(parsed.errorType).toBe(`Ringfence.RuntimeApi${type}`);
  expect(parsed.errorMessage).toMatch(/^The .+/);
}

describe('a Runtime API that', () => {
  it.each([
    ['then ends the connection', false],
    ['ends the connection at once', true],
  ])('refuses connections gives 502, and one audit until it works again and %s', async (_, atOnce) => {
    const { server, port } = await startRaw((socket) =>
      socket.on('data', async () => {
        // The proxy sees the answer and the end together.
        if (atOnce) process.kill(proxy.pid, 'SIGSTOP');
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        if (!atOnce) await sleep(50);
        socket.end();
        if (!atOnce) return;
        await sleep(50);
        process.kill(proxy.pid, 'SIGCONT');
      }),
    );
    const close = () => new Promise((resolve) => server.close(resolve));
    await close();
    proxy = await startProxy(executable, port);
    for (let i = 0; i < 3; i++) expectFailure(await exchange(proxy.port, next), 502, 'Unreachable');
    await expect.poll(audits).toEqual(['audit The Runtime API cannot be reached']);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await exchange(proxy.port, next)).toMatch(/ok$/);
    await close();
    expectFailure(await exchange(proxy.port, `${post.slice(0, -2)}{`), 502, 'Unreachable');
    await expect.poll(audits).toHaveLength(2);
  });

  it.each([
    ['at once', ''],
    ['after half a head', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ])('closes %s gives 502', async (_, bytes) => {
    await serve((socket) => socket.end(bytes));
    expectFailure(await exchange(proxy.port, next), 502, 'Closed');
    expectFailure(await exchange(proxy.port, post), 502, 'Closed');
    await expect.poll(audits).toHaveLength(1);
  });

  it('resets the connection gives 502', async () => {
    await serve((socket) => socket.resetAndDestroy());
    expectFailure(await exchange(proxy.port, next), 502, 'Closed');
  });

  it('closes amid a body closes the client: what went is all it gets', async () => {
    await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345'));
    expect(await exchange(proxy.port, next)).toMatch(/12345$/);
    await proxy.told('audit');
  });

  it('is cut off amid a body without a length resets the client: no half event looks whole', async () => {
    await serve((socket) => {
      socket.write('HTTP/1.0 200 OK\r\n\r\n{"half":');
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    const client = openRaw(proxy.port);
    client.socket.write(next);
    await client.all();
    expect(client.error()).toBe('ECONNRESET');
  });

  it('does not answer gives 504, with nothing, half a head or half a body', async () => {
    let answer = '';
    await serve((socket) => socket.write(answer));
    expectFailure(await exchange(proxy.port, post), 504, 'Timeout');
    answer = 'HTTP/1.1 202';
    expectFailure(await exchange(proxy.port, post), 504, 'Timeout');
    expectFailure(await exchange(proxy.port, next), 504, 'Timeout');
    answer = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n123';
    expect(await exchange(proxy.port, next)).toBe(answer);
    await expect.poll(audits).toHaveLength(1);
  });

  it('drips a head for ever gives 504', async () => {
    const timers: NodeJS.Timeout[] = [];
    await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX: ');
      timers.push(setInterval(() => socket.write('x'), 20));
    });
    expectFailure(await exchange(proxy.port, next), 504, 'Timeout');
    for (const timer of timers) clearInterval(timer);
  });

  it('takes no bytes gives 504', async () => {
    const { server, port } = await startRaw((socket) => socket.pause());
    end = () => server.close();
    proxy = await startProxy(executable, port);
    const client = openRaw(proxy.port);
    client.socket.write('POST / HTTP/1.1\r\nContent-Length: 90000000\r\n\r\n');
    client.socket.write(Buffer.alloc(90_000_000));
    expectFailure(await client.until('}'), 504, 'Timeout');
    client.socket.destroy();
  });

  it('leaves a client waiting for 100 Continue gives 504', async () => {
    await serve(() => {});
    const message = 'POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n';
    expectFailure(await exchange(proxy.port, message), 504, 'Timeout');
  });

  it('lets next, restore/next and event/next wait may take its time', async () => {
    let late: (() => void)[] = [];
    await serve((socket) => late.push(() => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')));
    const paths = ['runtime/invocation/next', 'runtime/restore/next', 'extension/event/next'];
    const calls = paths.map((path) => exchange(proxy.port, `GET /2018-06-01/${path} HTTP/1.1\r\n\r\n`));
    await sleep(patienceMs * 2.5);
    for (const answer of late) answer();
    late = [];
    for (const answer of await Promise.all(calls)) expect(answer).toMatch(/ok$/);
  });

  it('waits for a slow client is not to blame', async () => {
    await serve((socket, text) => {
      if (text.endsWith('!')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const client = openRaw(proxy.port);
    client.socket.write('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n.');
    await sleep(patienceMs * 1.5);
    client.socket.write('!');
    expect(await client.all()).toMatch(/ok$/);
  });

  it.each([
    ['binary', '\x00\x01\x02\x03'],
    ['words', 'go away'],
    ['another version', 'HTTP/2 200\r\n\r\n'],
    ['no status', 'HTTP/1.1 OK\r\n\r\n'],
    ['a status out of range', 'HTTP/1.1 999 X\r\n\r\n'],
    ['a bare LF', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['a bare CR', 'HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n'],
    ['a NUL', 'HTTP/1.1 200 OK\r\nA: b\0c\r\nContent-Length: 0\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a list of lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a huge length', 'HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n'],
    [
      'length and chunked',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['an unknown coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['chunked twice', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['chunked in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
    ['an endless head', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(4000)}`],
    ['an endless line', `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(20_000)}`],
  ])('sends rubbish gives 502: %s', async (_, rubbish) => {
    await serve((socket) => socket.write(rubbish, 'latin1'));
    expectFailure(await exchange(proxy.port, next), 502, 'Malformed');
    await expect.poll(audits).toEqual(['audit The Runtime API sent something that is not HTTP/1.1']);
  });

  it.each([
    ['no size', 'x\r\n'],
    ['an empty size', '\r\n'],
    ['a signed size', '+5\r\nabcde\r\n'],
    ['a prefixed size', '0x5\r\nabcde\r\n'],
    ['a size with a space', '5 \r\nabcde\r\n'],
    ['a huge size', 'fffffffffffffffff\r\n'],
    ['a bare LF', '5\nabcde\r\n'],
    ['a chunk longer than its size', '5\r\nabcdefg\r\n'],
    ['an endless extension', `5;${'x'.repeat(20_000)}`],
    ['endless trailers', `0\r\n${'A: b\r\n'.repeat(4000)}`],
    ['a folded trailer', '0\r\nA: b\r\n c\r\n\r\n'],
    ['a trailer without colon', '0\r\nAb\r\n\r\n'],
    ['a bare CR at the end', '0\r\n\rx'],
  ])('sends bad chunks closes the client: %s', async (_, chunks) => {
    await serve((socket) => socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`));
    const answer = await exchange(proxy.port, next);
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
    await expect.poll(audits).toEqual(['audit The Runtime API sent something that is not HTTP/1.1']);
  });

  it('says more than its answer is not believed', async () => {
    await serve((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n'),
    );
    expect(await exchange(proxy.port, next)).toMatch(/\r\n\r\nok$/);
    await expect.poll(audits).toHaveLength(1);
  });

  it('speaks unasked is not believed', async () => {
    let said = false;
    await serve(async (socket) => {
      if (said) return;
      said = true;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      await sleep(30);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
    });
    expect(await exchange(proxy.port, next)).toMatch(/\r\n\r\nok$/);
    await expect.poll(audits).toHaveLength(1);
  });

  it('answers early and closes is heard by a client that still sends', async () => {
    const refusal = 'HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig';
    await serve((socket) => {
      socket.removeAllListeners('data');
      socket.pause();
      socket.write(refusal, () => socket.destroy());
    });
    const client = openRaw(proxy.port);
    client.socket.write('POST / HTTP/1.1\r\nContent-Length: 50000000\r\n\r\n');
    for (let i = 0; i < 50 && !client.socket.closed; i++) {
      client.socket.write(Buffer.alloc(100_000));
      await sleep(1);
    }
    expect(await client.until('big')).toBe(refusal);
    client.socket.destroy();
  });

  it('closes an idle connection closes the client as well', async () => {
    await serve(async (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      await sleep(30);
      socket.end();
    });
    expect(await exchange(proxy.port, next)).toMatch(/ok$/);
    await expect.poll(audits).toEqual([]);
  });

  it('dies while next waits gives 502', async () => {
    let sockets: Socket[] = [];
    await serve((socket) => {
      sockets.push(socket);
      if (sockets.length === 3) for (const one of sockets.splice(0)) one.resetAndDestroy();
    });
    const answers = await Promise.all([1, 2, 3].map(() => exchange(proxy.port, next)));
    for (const answer of answers) expectFailure(answer, 502, 'Closed');
    sockets = [];
    await expect.poll(audits).toHaveLength(1);
  });
});
