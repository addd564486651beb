import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import type { Identity } from './console-certificates.ts';

export type Request = { method: string; url: string; headers: IncomingMessage['headers']; body: string };
export type Answer = (request: Request, response: ServerResponse) => void;

/** As a Console that takes every audit and has no newer policy. */
export const accept: Answer = (request, response) => {
  if (request.method === 'POST') response.end('{"accepted":1,"duplicates":0,"rejected":0}');
  else response.writeHead(304).end();
};

export const isPost = ({ method }: Request) => method === 'POST';

type ServerOptions = TlsOptions & {
  id: Identity;
  port?: number;
  host?: string;
  answer?: Answer;
  /** Takes the first connections instead, as long as it returns true. */
  misbehave?: (socket: TLSSocket, connection: number) => boolean;
};

/** A real TLS and HTTP server that remembers what it was asked. */
export async function startServer({ id, port, host, answer = accept, misbehave, ...options }: ServerOptions) {
  const requests: Request[] = [];
  const http = createHttpServer(async (incoming, response) => {
    let body = '';
    for await (const bytes of incoming) body += bytes;
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body,
    };
    requests.push(request);
    answer(request, response);
    http.emit('answered');
  });
  const sockets = new Set<TLSSocket>();
  let connections = 0;
  const server = createServer({ key: id.keyPem, cert: id.pem, ...options }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    connections++;
    if (!misbehave?.(socket, connections - 1)) http.emit('connection', socket);
  });
  server.on('tlsClientError', () => {});
  server.listen(port ?? 0, host ?? '127.0.0.1');
  await once(server, 'listening');
  return {
    requests,
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    /** The first request for which this holds, when it has been answered. */
    async request(test: (request: Request) => boolean) {
      while (!requests.some(test)) await once(http, 'answered');
      return requests.find(test) as Request;
    },
    posted: () => requests.filter(isPost).map(({ body }) => body),
    dropConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
