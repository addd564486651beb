import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { protect } from '../hono.ts';
import { found, hashOf, pieces, type StartEcho } from './echo.ts';

export const startHonoEcho: StartEcho = async (options) => {
  const app = new Hono();
  if (options) {
    const { trustProxy, ...rest } = options;
    app.use(
      protect({
        ...rest,
        // Hono has no setting of its own: applications say whom they trust.
        ...(trustProxy && { address: ({ req }) => req.header('x-forwarded-for') }),
      }),
    );
  }
  app.post('/json', async (c) => c.json(await c.req.json()));
  app.post('/form', async (c) => c.json(await c.req.parseBody()));
  app.post('/upload', async (c) => {
    const { file, ...fields } = await c.req.parseBody();
    return c.json({ ...fields, file: hashOf(await (file as File).bytes()) });
  });
  app.post('/raw', async (c) => c.text(hashOf(new Uint8Array(await c.req.arrayBuffer()))));
  app.get('/items/:id', (c) => c.text(c.req.param('id')));
  app.get('/stream', (c) => c.body(Readable.toWeb(Readable.from(pieces())) as ReadableStream));
  app.all('/found', (c) => c.json(found(c.get('ringfence'))));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const close = async () => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};
