import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type express from 'express';
import multer from 'multer';
import { protect } from '../express.ts';
import { found, hashOf, pieces, type StartEcho } from './echo.ts';

/** Of Express 4 or 5. `POST /parsed` has its parser before the middleware. */
export function startExpressEcho(make: typeof express): StartEcho {
  return async (options) => {
    const app = make();
    app.use('/parsed', make.json({ limit: '50mb' }));
    if (options) {
      const { trustProxy = false, ...rest } = options;
      app.set('trust proxy', trustProxy);
      app.use(protect(rest));
    }
    app.post(['/json', '/parsed'], make.json({ limit: '50mb' }), (req, res) => void res.json(req.body));
    app.post('/form', make.urlencoded({ extended: false }), (req, res) => void res.json(req.body));
    app.post('/upload', multer().single('file'), (req, res) => {
      res.json({ ...req.body, file: hashOf(req.file?.buffer ?? Buffer.of()) });
    });
    app.post('/raw', async (req, res) => void res.send(hashOf(await buffer(req))));
    app.get('/items/:id', (req, res) => void res.send(req.params.id));
    app.get('/stream', (_, res) => void Readable.from(pieces()).pipe(res));
    app.all('/found', (req, res) => void res.json(found(req.ringfence)));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = async () => {
      server.close();
      server.closeAllConnections();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  };
}
