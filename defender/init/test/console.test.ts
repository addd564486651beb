import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Identity, makeCertificate, toDer } from './console-certificates.ts';
import { buildConsoleHost, type ConsoleHostOptions, startConsoleHost } from './console-host.ts';
import { type Answer, accept, isPost, startServer } from './console-server.ts';

let executable: string;
let authority: Identity;
let identity: Identity;

beforeAll(async () => {
  executable = buildConsoleHost();
  authority = await makeCertificate({ isAuthority: true });
  identity = await makeCertificate({ issuer: authority, dns: ['localhost'], ip: ['127.0.0.1', '::1'] });
});

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(options: Partial<Parameters<typeof startServer>[0]> = {}) {
  const server = await startServer({ id: identity, ...options });
  cleanups.push(server.close);
  return server;
}

function start(options: ConsoleHostOptions) {
  const host = startConsoleHost(executable, { authorities: [toDer(authority)], ...options });
  cleanups.push(host.stop);
  return host;
}

/** A TCP server that speaks no TLS. */
async function listenPlain(handle: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    handle(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const linesOf = (bodies: string[]) => bodies.flatMap((body) => body.trimEnd().split('\n'));
const numbersOf = (bodies: string[]) =>
  linesOf(bodies)
    .map((line) => JSON.parse(line).line)
    .filter((number) => number !== undefined);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const isAudit = (words: string) => (request: { method: string; body: string }) =>
  request.method === 'POST' && request.body.includes(words);

describe('delivery', () => {
  it('posts audits as lines, with token, and keeps the connection', async () => {
    const server = await listen();
    const host = start({ address: `127.0.0.1:${server.port}`, token: 'rf1.abc' });
    host.tell('audit first');
    const post = await server.request(isPost);
    host.tell('audit second');
    const second = await server.request(isAudit('second'));
    expect(post.url).toBe('/api/defender/audits');
    expect(post.headers).toMatchObject({
      authorization: 'Bearer rf1.abc',
      host: `127.0.0.1:${server.port}`,
      'content-type': 'application/x-ndjson',
      'content-length': `${Buffer.byteLength(post.body)}`,
      'user-agent': 'ringfence-init/0.0.0',
    });
    expect(JSON.parse(post.body)).toMatchObject({ type: 'defender', message: 'first' });
    expect(second.body).not.toContain('first');
    expect(server.connections()).toBe(1);
  });

  it('keeps the order of many lines and drops none that fit', async () => {
    const server = await listen();
    const host = start({ address: `127.0.0.1:${server.port}` });
    for (const count of [100, 100, 100]) {
      host.tell(`lines ${count} 300`);
      const before = server.requests.length;
      await server.request(
        (request) => server.requests.indexOf(request) >= before && isAudit('"line":99,')(request),
      );
    }
    expect(numbersOf(server.posted())).toEqual([...upTo(100), ...upTo(100), ...upTo(100)]);
    expect(server.posted().every((body) => body.endsWith('\n'))).toBe(true);
  });

  it('drops the newest when the queue is full, and tells how many', async () => {
    const server = await listen();
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('lines 20 4000');
    await server.request(isAudit('12 audits were not delivered'));
    expect(numbersOf(server.posted())).toEqual(upTo(8));
  });

  it('halves a batch that is too large for the Console', async () => {
    const answer: Answer = (request, response) =>
      request.body.length > 5000 ? response.writeHead(413).end() : accept(request, response);
    const server = await listen({ answer });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('lines 20 1000');
    await server.request((request) => request.body.length <= 5000 && isAudit('"line":19,')(request));
    expect(numbersOf(server.posted().filter((body) => body.length <= 5000))).toEqual(upTo(20));
  });

  it('gives up on what is too large even alone', async () => {
    const answer: Answer = (request, response) =>
      request.body.length > 1000 ? response.writeHead(413).end() : accept(request, response);
    const server = await listen({ answer });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('lines 1 3000');
    await host.told('refused audits with status 413');
    host.tell('audit small');
    await server.request(isAudit('1 audits were not delivered'));
  });

  it.each([429, 500, 503])('sends a batch again after %i', async (status) => {
    let refusals = 0;
    const answer: Answer = (request, response) => {
      if (isPost(request) && refusals++ < 2)
        response.writeHead(status, { 'retry-after': '0' }).end('not now');
      else accept(request, response);
    };
    const server = await listen({ answer });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('audit again');
    await host.told(`answered with status ${status}`);
    await server.request(() => server.posted().length === 3);
    expect(new Set(server.posted()).size).toBe(1);
    expect(host.lines.filter((line) => line.includes('answered with status'))).toHaveLength(1);
  });

  it.each([401, 403])('stops for good at %i', async (status) => {
    const server = await listen({ answer: (_, response) => response.writeHead(status).end() });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('audit one');
    await host.told("does not accept this function's token");
    host.tell('audit two');
    await host.told('two');
    host.tell('finish');
    await host.told('finished');
    expect(server.requests).toHaveLength(1);
  });

  it('drops and counts a batch that is refused', async () => {
    let refusals = 0;
    const answer: Answer = (request, response) => {
      if (isPost(request) && refusals++ === 0) response.writeHead(400).end('{"type":"about:blank"}');
      else accept(request, response);
    };
    const server = await listen({ answer });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('lines 7 100');
    await host.told('refused audits with status 400');
    host.tell('audit later');
    await server.request(isAudit('7 audits were not delivered'));
    expect(server.posted().filter((body) => body.includes('"line":0'))).toHaveLength(1);
  });

  it('delivers what waited when the Console comes back, and does not tell it that it was away', async () => {
    const { port, close } = await listen();
    await close();
    const host = start({ address: `127.0.0.1:${port}` });
    host.tell('lines 40 1000');
    await host.told('no connection to its address could be made');
    const server = await listen({ port });
    await server.request(isAudit('8 audits were not delivered'));
    expect(numbersOf(server.posted())).toEqual(upTo(32));
    expect(server.posted().join()).not.toContain('no connection');
  });

  it('connects again when the server has closed the idle connection', async () => {
    const server = await listen();
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('audit one');
    await server.request(isAudit('one'));
    server.dropConnections();
    host.tell('audit two');
    await server.request(isAudit('two'));
    expect(host.lines.join()).not.toContain('the Console at');
  });

  it('repeats at once what an idle connection no longer took', async () => {
    let tellTaken = () => {};
    const taken = new Promise<void>((resolve) => {
      tellTaken = resolve;
    });
    const server = await listen({
      misbehave(socket, connection) {
        let posts = 0;
        if (connection === 0)
          socket.on('data', (bytes) => {
            if (bytes.includes('GET')) socket.write('HTTP/1.1 304 Not Modified\r\n\r\n');
            if (!bytes.includes('POST')) return;
            if (posts++) socket.destroy();
            else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', tellTaken);
          });
        return connection === 0;
      },
    });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('lines 1 100');
    await taken;
    host.tell('lines 1 200');
    await server.request(isPost);
    expect(host.lines.join()).not.toContain('the Console at');
  });

  it('delivers at the end what is queued', async () => {
    const server = await listen();
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('lines 30 1000\nfinish');
    await host.told('finished');
    expect(numbersOf(server.posted())).toEqual(upTo(30));
  });

  it('ends without an answer, too', async () => {
    const server = await listen({ answer: () => {} });
    const host = start({ address: `127.0.0.1:${server.port}`, deliveryMs: 200 });
    host.tell('lines 3 1000\nfinish');
    await host.told('finished');
  });

  it.each([
    'nowhere',
    'host:',
    ':8471',
    'host:0',
    'host:65536',
    'host:12x',
    '[]:1',
    'a b:1',
    `${'a'.repeat(254)}:1`,
  ])('refuses the address %s', async (address) => {
    const host = start({ address });
    await host.told('is not host:port');
  });

  it('refuses a token that would break the header', async () => {
    const host = start({ address: 'localhost:1', token: 'a\r\nb: c' });
    await host.told('no proper function token');
  });
});

describe('policy', () => {
  const policyAnswer =
    (bytes: Buffer, chunked = false): Answer =>
    (request, response) => {
      if (isPost(request)) accept(request, response);
      else if (request.headers['if-none-match'] === '"one"') response.writeHead(304, { etag: '"one"' }).end();
      else
        response
          .writeHead(200, { etag: '"one"', ...(chunked ? {} : { 'content-length': bytes.length }) })
          .end(bytes);
    };

  it.each([false, true])(
    'is fetched at once, then asked for with its ETag (chunked: %s)',
    async (chunked) => {
      const server = await listen({ answer: policyAnswer(Buffer.from('RFS1 test'), chunked) });
      const host = start({ address: `127.0.0.1:${server.port}`, refreshSeconds: 1 });
      expect(await host.told('policy')).toBe(`policy 9 ${Buffer.from('RFS1 test').toString('hex')}`);
      const second = await server.request(({ headers }) => headers['if-none-match'] === '"one"');
      await server.request((request) => server.requests.indexOf(request) > server.requests.indexOf(second));
      expect(server.requests[0]?.url).toBe('/api/defender/policy');
      expect(server.requests[0]?.headers['if-none-match']).toBeUndefined();
      expect(server.connections()).toBe(1);
      expect(host.lines).toHaveLength(1);
    },
  );

  it('may have 64 KiB and no more', async () => {
    const most = await listen({ answer: policyAnswer(Buffer.alloc(65536, 1)) });
    const larger = await listen({ answer: policyAnswer(Buffer.alloc(65537, 1)) });
    await start({ address: `127.0.0.1:${most.port}` }).told('policy 65536');
    await start({ address: `127.0.0.1:${larger.port}` }).told('longer than 64 KiB');
  });

  it('is asked for again later when the Console has none', async () => {
    const answer: Answer = (request, response) =>
      isPost(request) ? accept(request, response) : response.writeHead(404).end();
    const server = await listen({ answer });
    const host = start({ address: `127.0.0.1:${server.port}`, refreshSeconds: 1 });
    await host.told('refused the request for the policy with status 404');
    await server.request(() => server.requests.length === 3);
    host.tell('audit delivered');
    await server.request(isAudit('delivered'));
    expect(host.lines.filter((line) => line.includes('status 404'))).toHaveLength(1);
  });
});

describe('a hostile server', () => {
  const endless = (socket: Socket, bytes: string) => {
    const write = () => {
      while (socket.writable && socket.write(bytes));
    };
    socket.on('drain', write);
    write();
  };
  const drip = (socket: Socket, bytes: string, first = bytes) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(bytes), 50);
    socket.on('close', () => clearInterval(timer));
  };
  const ok = 'HTTP/1.1 200 OK\r\n';
  const ways: [name: string, words: string, answer: (socket: Socket) => void][] = [
    ['sends rubbish', 'not proper HTTP', (socket) => socket.write(Buffer.alloc(5000, 0xfe))],
    [
      'sends endless headers',
      'headers are too long',
      (socket) => endless(socket, `${ok}X: ${'y'.repeat(9000)}`),
    ],
    [
      'sends endless short headers',
      'headers are too long',
      (socket) => endless(socket, `${ok}${'X: y\r\n'.repeat(3000)}`),
    ],
    [
      'sends an endless body',
      'longer than 64 KiB',
      (socket) => endless(socket, `${ok}Content-Length: 999999999\r\n\r\n${'y'.repeat(9000)}`),
    ],
    [
      'sends endless chunks',
      'longer than 64 KiB',
      (socket) =>
        endless(socket, `${ok}Transfer-Encoding: chunked\r\n\r\n${'9\r\n123456789\r\n'.repeat(9000)}`),
    ],
    [
      'sends a chunk of a wrong size',
      'not proper HTTP',
      (socket) => socket.write(`${ok}Transfer-Encoding: chunked\r\n\r\n-5\r\nx`),
    ],
    [
      'sends a length that is none',
      'not proper HTTP',
      (socket) => socket.write(`${ok}Content-Length: -1\r\n\r\n`),
    ],
    [
      'sends two lengths',
      'not proper HTTP',
      (socket) => socket.write(`${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`),
    ],
    ['sends no length', 'does not tell its length', (socket) => socket.end(`${ok}\r\nuntil the end`)],
    [
      'sends more than its answer',
      'more than an answer',
      (socket) => socket.write(`${ok}Content-Length: 1\r\n\r\nxyz`),
    ],
    [
      'sends less than its answer',
      'closed the connection',
      (socket) => socket.end(`${ok}Content-Length: 100\r\n\r\nxyz`),
    ],
    ['drips its headers', 'no complete answer', (socket) => drip(socket, 'x', ok)],
    [
      'drips its body',
      'no complete answer',
      (socket) => drip(socket, 'x', `${ok}Content-Length: 9999\r\n\r\n`),
    ],
    [
      'never stops to continue',
      'no complete answer',
      (socket) => drip(socket, 'HTTP/1.1 100 Continue\r\n\r\n'),
    ],
    ['says nothing', 'no complete answer', () => {}],
    ['closes at the request', 'closed the connection', (socket) => socket.end()],
    ['breaks off at the request', 'closed the connection', (socket) => socket.destroy()],
  ];

  it.each(ways)('that %s is left, and tried again', async (_, words, misbehaviour) => {
    const server = await listen({
      misbehave(socket, connection) {
        if (connection === 0) socket.once('data', () => misbehaviour(socket));
        return connection === 0;
      },
    });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('audit survives');
    await host.told(words);
    await server.request(isAudit('survives'));
  });

  it('that speaks before it is asked is left', async () => {
    const server = await listen({
      misbehave(socket, connection) {
        if (connection === 0) socket.write(`${ok}Content-Length: 0\r\n\r\n`);
        return connection === 0;
      },
    });
    const host = start({ address: `127.0.0.1:${server.port}` });
    host.tell('audit survives');
    await server.request(isAudit('survives'));
  });

  it.each<[name: string, words: string, handle: (socket: Socket) => void]>([
    ['rubbish', 'does not speak TLS 1.2', (socket) => socket.write(Buffer.alloc(99_999, 0x41))],
    ['plain HTTP', 'does not speak TLS 1.2', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['nothing', 'TLS handshake took too long', () => {}],
    [
      'a record that drips',
      'TLS handshake took too long',
      (socket) => drip(socket, '\0', '\x16\x03\x03\x3f\x7f'),
    ],
    ['endless warnings', '', (socket) => endless(socket, '\x15\x03\x03\x00\x02\x01\x5a'.repeat(1000))],
    ['its end', 'closed the connection', (socket) => socket.end()],
    ['a reset', 'closed the connection', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ])('that answers the TLS hello with %s is left', async (_, words, handle) => {
    const host = start({ address: `127.0.0.1:${await listenPlain(handle)}` });
    expect(await host.told('the Console at')).toContain(words);
  });
});

describe('the certificate', () => {
  type Wanted = Parameters<typeof makeCertificate>[0];
  const here = { dns: ['localhost'], ip: ['127.0.0.1'] };
  const day = 86_400_000;

  const refused: [name: string, words: string, host: string, wanted: () => Wanted | Promise<Wanted>][] = [
    [
      'of another authority',
      'does not come from a configured authority',
      'localhost',
      async () => ({ issuer: await makeCertificate({ isAuthority: true }), ...here }),
    ],
    ['signed by itself', 'does not come from a configured authority', 'localhost', () => here],
    [
      'for another name',
      'is for another host',
      'localhost',
      () => ({ issuer: authority, dns: ['localhost.example', 'xlocalhost', 'local'], ip: ['127.0.0.1'] }),
    ],
    [
      'for another address',
      'is for another host',
      '127.0.0.1',
      () => ({ issuer: authority, dns: ['localhost'], ip: ['127.0.0.2', '::1'] }),
    ],
    [
      'with the address as a name only',
      'is for another host',
      '127.0.0.1',
      () => ({ issuer: authority, dns: ['127.0.0.1'] }),
    ],
    ['without names', 'is for another host', '127.0.0.1', () => ({ issuer: authority })],
    [
      'that has expired',
      'has expired or is not valid yet',
      'localhost',
      () => ({
        issuer: authority,
        ...here,
        from: new Date(Date.now() - 2 * day),
        until: new Date(Date.now() - day),
      }),
    ],
    [
      'that is not valid yet',
      'has expired or is not valid yet',
      'localhost',
      () => ({
        issuer: authority,
        ...here,
        from: new Date(Date.now() + day),
        until: new Date(Date.now() + 2 * day),
      }),
    ],
    [
      'signed by a server',
      'may not sign',
      'localhost',
      async () => ({ issuer: await makeCertificate({ issuer: authority, ...here }), ...here }),
    ],
  ];

  it.each(refused)('%s is refused', async (_, words, name, wanted) => {
    const server = await listen({ id: await makeCertificate(await wanted()) });
    const host = start({ address: `${name}:${server.port}` });
    host.tell('audit secret');
    expect(await host.told('the Console at')).toContain(words);
    expect(server.requests).toEqual([]);
  });

  it.each<[name: string, words: string, options: object]>([
    ['TLS 1.1', 'TLS 1.2', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['TLS 1.3', 'does not speak TLS 1.2', { minVersion: 'TLSv1.3' }],
    [
      'other ciphers',
      'shares no cipher suite of TLS 1.2',
      { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
    ],
  ])('does not matter to a server of %s only', async (_, words, options) => {
    const server = await listen(options);
    const host = start({ address: `localhost:${server.port}` });
    expect(await host.told('the Console at')).toContain(words);
  });

  const accepted: [
    name: string,
    wanted: () => Promise<{ root: Identity; id: Identity }>,
    options?: object,
  ][] = [
    [
      'of an RSA authority for an RSA key',
      async () => {
        const root = await makeCertificate({ isAuthority: true, kind: 'RSA' });
        return { root, id: await makeCertificate({ issuer: root, kind: 'RSA', ...here }) };
      },
    ],
    [
      'of a chain over P-384 and RSA',
      async () => {
        const root = await makeCertificate({ isAuthority: true, kind: 'RSA' });
        const middle = await makeCertificate({ isAuthority: true, issuer: root, kind: 'P-384' });
        return { root, id: await makeCertificate({ issuer: middle, ...here }) };
      },
    ],
    [
      'that is itself the configured one',
      async () => {
        const id = await makeCertificate(here);
        return { root: id, id };
      },
    ],
    [
      'over AES',
      async () => ({ root: authority, id: identity }),
      { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
    ],
    [
      'over ChaCha20',
      async () => ({ root: authority, id: identity }),
      { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' },
    ],
  ];

  it.each(accepted)('%s is accepted, by name and by address', async (_, wanted, options = {}) => {
    const { root, id } = await wanted();
    const server = await listen({ id, ...options });
    for (const name of ['localhost', '127.0.0.1']) {
      const other = await makeCertificate({ isAuthority: true });
      const host = start({ address: `${name}:${server.port}`, authorities: [toDer(other), toDer(root)] });
      host.tell(`audit from ${name}`);
      await server.request(isAudit(`from ${name}`));
    }
  });

  it.each(['[::1]', 'localhost'])('is accepted over IPv6 for %s', async (name) => {
    const server = await listen({ host: '::1' });
    const host = start({ address: `${name}:${server.port}`, hosts: '::1 ip6-localhost localhost # here\n' });
    host.tell('audit six');
    await server.request(isAudit('six'));
  });

  it.each<[name: string, words: string, authorities: () => Uint8Array[]]>([
    ['missing', 'names no certificate authority', () => []],
    ['rubbish', 'is no certificate', () => [new Uint8Array(100).fill(0x30)]],
    ['cut short', 'is no certificate', () => [toDer(authority).subarray(0, 100)]],
  ])('is not even looked at when the authority is %s', async (_, words, authorities) => {
    const server = await listen();
    const host = start({ address: `localhost:${server.port}`, authorities: authorities() });
    expect(await host.told('the Console at')).toContain(words);
    expect(server.requests).toEqual([]);
  });
});
