import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../user-error.ts';

export type TlsFiles = { key: string; cert: string };
export type Listener = { port: number; server: Server; close: () => Promise<void> };

/** How long requests under way may take to end when the Console stops. */
const PATIENCE_MS = 5_000;

/**
 * Serves the app at the port, 0 for any free one. Throws `UserError` when the port can't be had.
 * @param option the option of the command that sets the port, for the hint
 */
export async function listen(
  app: Hono<never>,
  { host, port, tls, option }: { host: string; port: number; tls: TlsFiles | undefined; option: string },
): Promise<Listener> {
  const handle = getRequestListener(app.fetch as Parameters<typeof getRequestListener>[0]);
  const limits = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 };
  const server = tls
    ? createHttpsServer({ ...limits, ...tls, minVersion: 'TLSv1.2' }, handle)
    : createHttpServer(limits, handle);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw describeListenError(error as NodeJS.ErrnoException, host, port, option);
  }
  return {
    port: (server.address() as AddressInfo).port,
    server,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number, option: string) {
  const options = { cause: error };
  if (error.code === 'EADDRINUSE')
    return new UserError(
      `Port ${port} on ${host} is in use.`,
      `Stop what uses it, or choose another port with ${option}.`,
      options,
    );
  if (error.code === 'EACCES')
    return new UserError(
      `Port ${port} on ${host} is not permitted.`,
      `Choose a port above 1023 with ${option}.`,
      options,
    );
  return new UserError(
    `The Console can't listen at ${host}, port ${port}: ${error.message}`,
    'Check the address.',
    options,
  );
}
