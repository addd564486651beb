import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { protect } from './express.ts';

const attack = JSON.stringify({ a: "x' OR '1'='1' UNION SELECT password FROM users --" });
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Sends the attack to an application, and reads its answer. */
async function post(app: express.Express): Promise<[status: number, text: string]> {
  const server = app.listen(0, '127.0.0.1');
  ends.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'application/json', connection: 'close' };
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: attack });
  return [response.status, await response.text()];
}

const guard = (onError: 'open' | 'closed' = 'open', bodyLimit = 1 << 20) =>
  protect({ effect: 'prevent', onError, bodyLimit, tell: () => {} });
const refused = [403, '{"message":"Forbidden"}'];

test('behind a parser it judges what that made of the body', async () => {
  const app = express();
  app.use(express.json(), guard());
  expect(await post(app)).toEqual(refused);
});

test('behind a parser of bytes or texts it judges these', async () => {
  for (const parser of [express.raw({ type: '*/*' }), express.text({ type: '*/*' })]) {
    const app = express();
    app.use(parser, guard());
    expect(await post(app)).toEqual(refused);
  }
});

test('it judges the bytes that a platform has kept, up to the limit', async () => {
  const keep: express.RequestHandler = async (request, _, next) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    next(void Object.assign(request, { rawBody: Buffer.concat(chunks), body: {} }));
  };
  const app = express();
  app.use(keep, guard());
  expect(await post(app)).toEqual(refused);
  const short = express();
  short.use(keep, guard('closed', 4));
  expect(await post(short)).toEqual(refused);
});

test('a response that has begun is left to who began it, and the handler does not get the event', async () => {
  const app = express();
  app.use((_, response, next) => {
    response.write('begun, ');
    setTimeout(() => response.end('ended'), 20);
    next();
  });
  app.use(guard());
  app.use((_, response) => void response.end('handled'));
  expect(await post(app)).toEqual([200, 'begun, ended']);
});

test('options that are none are told when the application starts', () => {
  expect(() => protect({ bodyLimit: -1 })).toThrow('bodyLimit must be a number of bytes, and is -1');
});
