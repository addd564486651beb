import { parseAuditLine } from '@ringfence/audit';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { expect, test } from 'vitest';
import { protect } from './hono.ts';

const attack = JSON.stringify({ a: "x' OR '1'='1' UNION SELECT password FROM users --" });

/** An application, and who sent what it told of. */
function makeApp(options: Parameters<typeof protect>[0] = {}) {
  const told: unknown[] = [];
  const tell = (line: string) => {
    const read = parseAuditLine(line);
    told.push(read.ok ? (read.audit.detail as { address?: string }).address : read.error);
  };
  const app = new Hono();
  app.use(protect({ effect: 'prevent', ...options, tell }));
  app.post('/', async (context) => context.text(await context.req.text()));
  return { app, told };
}

const request = (body: string, headers = {}) => new Request('http://x/', { method: 'POST', body, headers });

test('its fetch handler is protected without a server', async () => {
  const { app } = makeApp();
  expect(await (await app.fetch(request('hay'))).text()).toBe('hay');
  expect((await app.fetch(request(attack))).status).toBe(403);
});

test('where nothing tells the address, a header of the client does not', async () => {
  const { app, told } = makeApp();
  await app.fetch(request(attack, { 'x-forwarded-for': '192.0.2.7' }));
  const asked = makeApp({ address: ({ req }) => req.header('x-forwarded-for') });
  await asked.app.fetch(request(attack, { 'x-forwarded-for': '192.0.2.7' }));
  expect([told, asked.told]).toEqual([[undefined], ['192.0.2.7']]);
});

test('in Lambda the event tells the address', async () => {
  const { app, told } = makeApp();
  const http = { method: 'POST', path: '/', sourceIp: '192.0.2.8', protocol: 'HTTP/1.1', userAgent: '' };
  const event = {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: {},
    body: attack,
    requestContext: { http },
  };
  expect(await handle(app)(event as never)).toMatchObject({ statusCode: 403 });
  expect(told).toEqual(['192.0.2.8']);
});

test('a body that a middleware before it has read is judged, and is there for the handler', async () => {
  const app = new Hono();
  app.use(async (context, next) => {
    await context.req.text();
    await next();
  });
  app.use(protect({ effect: 'prevent', tell: () => {} }));
  app.post('/', async (context) => context.text(await context.req.text()));
  expect((await app.fetch(request(attack))).status).toBe(403);
  expect(await (await app.fetch(request('hay'))).text()).toBe('hay');
});
