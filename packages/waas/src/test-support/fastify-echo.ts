import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import formBody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { protect } from '../fastify.ts';
import { found, hashOf, pieces, type StartEcho } from './echo.ts';

export const startFastifyEcho: StartEcho = async (options) => {
  const { trustProxy = false, ...rest } = options ?? {};
  const app = fastify({ trustProxy, bodyLimit: 50 << 20, forceCloseConnections: true });
  if (options) await app.register(protect, rest);
  await app.register(multipart);
  await app.register(formBody);
  app.addContentTypeParser('application/octet-stream', (_, payload, done) => done(null, payload));
  app.post('/json', async ({ body }) => body);
  app.post('/form', async ({ body }) => body);
  app.post('/upload', async (request) => {
    const got: Record<string, unknown> = {};
    for await (const part of request.parts())
      got[part.fieldname] = part.type === 'file' ? hashOf(await part.toBuffer()) : part.value;
    return got;
  });
  app.post('/raw', async ({ body }) => hashOf(await buffer(body as Readable)));
  app.get('/items/:id', async ({ params }) => (params as { id: string }).id);
  app.get('/stream', (_, reply) => reply.send(Readable.from(pieces())));
  app.all('/found', async ({ ringfence }) => found(ringfence));
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
};
