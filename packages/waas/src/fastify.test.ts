import { once } from 'node:events';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { protect } from './fastify.ts';

const attack = { a: "x' OR '1'='1' UNION SELECT password FROM users --" };
const options = { effect: 'prevent' as const, tell: () => {} };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('requests that are injected are judged, and bring their bodies', async () => {
  const app = fastify();
  await app.register(protect, options);
  app.post('/', async ({ body }) => body);
  const inject = (payload: object) => app.inject({ method: 'POST', url: '/', payload });
  expect((await inject({ a: 'hay' })).json()).toEqual({ a: 'hay' });
  expect((await inject(attack)).statusCode).toBe(403);
});

test('over HTTP/2 bodies are judged, and come whole, with and without a length', async () => {
  const app = fastify({ http2: true });
  ends.push(() => app.close());
  await app.register(protect, options);
  app.post('/', async ({ body }) => body);
  const client = connect(await app.listen({ host: '127.0.0.1', port: 0 }));
  ends.push(() => client.close());
  const post = async (body: string, headers: object) => {
    const stream = client.request({
      ':method': 'POST',
      ':path': '/',
      'content-type': 'application/json',
      ...headers,
    });
    stream.end(body);
    const [head] = await once(stream, 'response');
    return [head[':status'], await text(stream)];
  };
  const harmless = JSON.stringify({ a: 'hay'.repeat(30_000) });
  const refused = [403, '{"message":"Forbidden"}'];
  for (const sized of [true, false]) {
    const headers = (body: string) => (sized ? { 'content-length': body.length } : {});
    expect(await post(harmless, headers(harmless))).toEqual([200, harmless]);
    expect(await post(JSON.stringify(attack), headers(JSON.stringify(attack)))).toEqual(refused);
  }
});

test('it holds for the instance that registers it, and for no other', async () => {
  const app = fastify();
  await app.register(async (inner) => {
    await inner.register(protect, options);
    inner.post('/inner', async () => 'inner');
  });
  app.post('/outer', async () => 'outer');
  const inject = async (url: string) =>
    (await app.inject({ method: 'POST', url, payload: attack })).statusCode;
  expect([await inject('/inner'), await inject('/outer')]).toEqual([403, 200]);
});

test('options that are none are told when the server starts', async () => {
  await expect(async () => await fastify().register(protect, { bodyLimit: 0.5 })).rejects.toThrow(
    'bodyLimit',
  );
});
