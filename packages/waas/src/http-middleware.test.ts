import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { parseAuditLine } from '@ringfence/audit';
import express from 'express';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type EchoServer, hashOf, type StartEcho } from './test-support/echo.ts';
import { startExpressEcho } from './test-support/express-echo.ts';
import { startFastifyEcho } from './test-support/fastify-echo.ts';
import { startHonoEcho } from './test-support/hono-echo.ts';

/** Of the types of Express 5; it has none of its own. */
const { default: express4 }: { default: typeof express } = await import('express4' as string);

const frameworks: [name: string, start: StartEcho][] = [
  ['Express 4', startExpressEcho(express4)],
  ['Express 5', startExpressEcho(express)],
  ['Fastify', startFastifyEcho],
  ['Hono', startHonoEcho],
];

const attack = "x' OR '1'='1' UNION SELECT password FROM users --";
const json = (body: unknown, headers = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const form = (fields: Record<string, string | Blob>): RequestInit => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return { method: 'POST', body };
};
const bytes = (body: Uint8Array<ArrayBuffer> | ReadableStream, headers = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/octet-stream', ...headers },
  body,
  ...(body instanceof ReadableStream && { duplex: 'half' }),
});

/** Where an attack may stand in a request, and the path under which it is told. */
const places: [path: string, target: string, init: RequestInit][] = [
  ['rawQueryString.q', `/found?q=${encodeURIComponent(attack)}`, {}],
  ['pathParameters', `/items/${encodeURIComponent(attack)}`, {}],
  ['headers.x-name', '/found', { headers: { 'x-name': attack } }],
  ['cookies[1].b', '/found', { headers: { cookie: `a=1; b=${encodeURIComponent(attack)}` } }],
  ['body.user.name', '/json', json({ user: { name: attack } })],
  ['body.name', '/form', { method: 'POST', body: new URLSearchParams({ a: '1', name: attack }) }],
  ['body.note', '/upload', form({ note: attack, file: new Blob(['hay']) })],
  [
    'body.a',
    '/json',
    bytes(gzipSync(JSON.stringify({ a: attack })), {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    }),
  ],
  [
    'body.a',
    '/json',
    bytes(Buffer.from(JSON.stringify({ a: attack }), 'utf16le'), {
      'content-type': 'application/json; charset=utf-16le',
    }),
  ],
];

describe.each(frameworks)('%s', (_, start) => {
  const servers: EchoServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  const open = async (options?: Parameters<StartEcho>[0]) => {
    const server = await start(options);
    servers.push(server);
    return server.url;
  };

  /** A server and the details of its audits. */
  const openTold = async (options: Parameters<StartEcho>[0]) => {
    const details: {
      decision: string;
      verdicts: { class: string; path: string }[];
      [key: string]: unknown;
    }[] = [];
    const tell = (line: string) => {
      const read = parseAuditLine(line);
      if (!read.ok || read.audit.type !== 'waas') throw new Error(`${JSON.stringify(read)} of ${line}`);
      details.push(read.audit.detail);
    };
    return { url: await open({ ...options, tell }), details };
  };

  describe('refuses an attack', async () => {
    const { url, details } = await openTold({ protections: { sqli: 'prevent' } });
    test.each(places)('in %s of %s', async (path, target, init) => {
      details.length = 0;
      const response = await fetch(url + target, init);
      expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(details).toHaveLength(1);
      expect(details[0]).toMatchObject({ decision: 'answer', address: '127.0.0.1' });
      expect(
        details[0]?.verdicts.some((verdict) => verdict.class === 'sqli' && verdict.path.startsWith(path)),
      ).toBe(true);
    });
  });

  test('refuses with the status, type and body of the rule', async () => {
    const response = { status: 422, type: 'text/html', body: '<p>no</p>' };
    const url = await open({ effect: 'prevent', response, tell: () => {} });
    const answer = await fetch(`${url}/json`, json({ a: attack }));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      422,
      'text/html',
      '<p>no</p>',
    ]);
  });

  test('refuses a body that is not what it is said to be', async () => {
    const { url, details } = await openTold({ protections: { malformed: 'prevent' } });
    expect((await fetch(`${url}/json`, { ...json({}), body: '{"a":' })).status).toBe(403);
    expect(details).toMatchObject([{ verdicts: [{ class: 'malformed', path: 'body' }] }]);
  });

  test('by alert lets it through, and hands what was found to the handler', async () => {
    const { url, details } = await openTold({});
    const answer = await fetch(`${url}/found`, json({ a: attack }));
    expect(await answer.json()).toEqual(['sqli body.a']);
    expect(details).toMatchObject([{ decision: 'pass', verdicts: [{ class: 'sqli', path: 'body.a' }] }]);
    const harmless = await fetch(`${url}/found`, json({ a: 'hay' }));
    expect(await harmless.json()).toEqual([]);
    expect(details).toHaveLength(1);
  });

  test('goes by the address that the framework tells', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    const trusting = await openTold({ trustProxy: true });
    await fetch(`${trusting.url}/json`, json({ a: attack }, headers));
    expect(trusting.details).toMatchObject([{ address: '192.0.2.1' }]);
    const wary = await openTold({});
    await fetch(`${wary.url}/json`, json({ a: attack }, headers));
    expect(wary.details).toMatchObject([{ address: '127.0.0.1' }]);
  });

  test('a body longer than the limit goes by onError', async () => {
    const long = json({ a: 'hay'.repeat(1000), b: attack });
    const open = await openTold({ effect: 'prevent', bodyLimit: 1000 });
    expect((await fetch(`${open.url}/json`, long)).status).toBe(200);
    expect(open.details).toMatchObject([{ decision: 'pass', incomplete: true }]);
    const closed = await openTold({ effect: 'prevent', bodyLimit: 1000, onError: 'closed' });
    expect((await fetch(`${closed.url}/json`, long)).status).toBe(403);
    expect((await fetch(`${closed.url}/json`, json({ a: 'hay' }))).status).toBe(200);
    // The type of a body that is cut off is judged as any other header.
    const judging = await openTold({ protections: { sqli: 'prevent' }, bodyLimit: 1000 });
    const typed = json({ a: 'hay'.repeat(1000) }, { 'content-type': `application/json; a=${attack}` });
    expect((await fetch(`${judging.url}/found`, typed)).status).toBe(403);
  });

  describe('leaves alone', async () => {
    const plain = await open();
    // Random and broken bodies are among what is sent, and some of them look like attacks.
    const url = await open({ effect: 'alert', bodyLimit: 100_000, tell: () => {} });
    const same = async (target: string, init: () => RequestInit = () => ({})) => {
      const [expected, answer] = await Promise.all([
        fetch(plain + target, init()),
        fetch(url + target, init()),
      ]);
      const text = await expected.text();
      expect([answer.status, await answer.text()]).toEqual([expected.status, text]);
      return text;
    };

    test('what handlers get', async () => {
      expect(await same('/json', () => json({ a: [1, { b: 'ü' }] }))).toBe('{"a":[1,{"b":"ü"}]}');
      expect(await same('/form', () => ({ method: 'POST', body: new URLSearchParams({ a: 'b c' }) }))).toBe(
        '{"a":"b c"}',
      );
      expect(await same('/upload', () => form({ a: 'b', file: new Blob(['hay'.repeat(70_000)]) }))).toContain(
        hashOf(Buffer.from('hay'.repeat(70_000))),
      );
      expect(await same('/items/a%20b?c=d')).toBe('a b');
      await same('/nowhere');
      await same('/json', () => ({ ...json({}), body: '{"a":' }));
    });

    test.each([0, 1, 16_384, 65_536, 65_537, 100_000, 100_001, 3_000_000])(
      'a body of %d bytes',
      async (size) => {
        const body = Buffer.alloc(size, 'hay ');
        expect(await same('/raw', () => bytes(body))).toBe(hashOf(body));
        const inPieces = () =>
          bytes(
            new ReadableStream({
              start(controller) {
                for (let at = 0; at < size; at += 7000) controller.enqueue(body.subarray(at, at + 7000));
                controller.close();
              },
            }),
          );
        expect(await same('/raw', inPieces)).toBe(hashOf(body));
      },
    );

    test('bodies of any bytes', async () => {
      const some = fc.uint8Array({ maxLength: 3000 });
      await fc.assert(
        fc.asyncProperty(some, async (body) => {
          expect(await same('/raw', () => bytes(Uint8Array.from(body)))).toBe(hashOf(body));
        }),
        { numRuns: 30 },
      );
    });

    test('responses that are sent in pieces', async () => {
      expect(await same('/stream')).toBe('abc');
    });
  });

  test('outlives clients that go away in the middle of a body', async () => {
    const url = new URL(await open({ effect: 'prevent', tell: () => {} }));
    const client = connect(Number(url.port), url.hostname);
    client.write(
      'POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"a"',
    );
    await once(client, 'connect');
    client.destroy();
    await once(client, 'close');
    expect((await fetch(`${url}found`)).status).toBe(200);
  });
});
