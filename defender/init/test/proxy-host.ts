import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { sourceOf } from '../sources.mjs';
import { buildChecked } from './console-host.ts';

/** The proxy gives up on a Runtime API that makes no progress for this long, in tests. */
export const patienceMs = 1000;

/** Builds the proxy with its test program, checked; returns the executable. Other definitions need another name. */
export const buildProxyHost = (name = 'proxy-host', definitions: string[] = []) =>
  buildChecked(
    name,
    [
      ...[
        'proxy',
        'connection',
        'exchange',
        'relay',
        'own-answer',
        'held',
        'failures',
        'http-reframe',
        'address',
        'runtime-api',
        'http',
        'loop',
        'json',
      ],
      ...['waas', 'waas-audit', 'engine', 'effect'],
    ]
      .map(sourceOf)
      .concat('test/proxy-host.c'),
    [`PROXY_PATIENCE_MS=${patienceMs}`, ...definitions],
  );

export interface ProxyHost {
  port: number;
  pid: number;
  /** What the proxy told so far: "ready", "started ID", "ended ID", "audit MESSAGE", "waas DETAIL". */
  lines: string[];
  /** Waits until it told a line that begins so. */
  told(start: string): Promise<void>;
  /** Ends it; throws when a sanitizer found something, or when it had ended by itself. */
  stop(): Promise<void>;
}

export async function startProxy(
  executable: string,
  upstream: string | number,
  mostDescriptors?: number,
  /** A file with the waas section of a policy, by which events are judged. */
  waasSection?: string,
): Promise<ProxyHost> {
  const address = typeof upstream === 'number' ? `127.0.0.1:${upstream}` : upstream;
  const child = spawn(executable, [address, ...(mostDescriptors ? [`${mostDescriptors}`] : [])], {
    env: { ...process.env, ...(waasSection && { TEST_WAAS: waasSection }) },
  });
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line.trim()));
  const told = async (start: string) => {
    while (!lines.some((line) => line.startsWith(start))) await once(reader, 'line');
  };
  await Promise.race([
    told('address'),
    exited.then(() => Promise.reject(new Error(`proxy-host: ${errors}`))),
  ]);
  const [first] = lines.splice(0, 1);
  return {
    port: Number(first?.split(':').at(-1)),
    pid: child.pid ?? 0,
    lines,
    told,
    stop: async () => {
      child.kill('SIGTERM');
      const [code, signal] = await exited;
      if (code !== 0) throw new Error(`proxy-host ended with ${code ?? signal}: ${errors}`);
    },
  };
}

/** A Runtime API made of raw sockets: `serve` gets each connection. */
export async function startRaw(serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {});
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

export interface RawClient {
  socket: Socket;
  received(): string;
  /** Waits until that text has arrived; throws when the connection ends before. */
  until(text: string): Promise<string>;
  /** Everything up to the end of the connection; how it ended is in `error`. */
  all(): Promise<string>;
  error(): string | undefined;
}

/** A client that sees every byte (latin1). */
export function openRaw(port: number): RawClient {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  let text = '';
  let error: string | undefined;
  socket.on('error', (failure: NodeJS.ErrnoException) => {
    error = failure.code;
  });
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  socket.on('end', () => socket.end());
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return {
    socket,
    received: () => text,
    error: () => error,
    until: async (wanted) => {
      while (!text.includes(wanted)) {
        if (socket.closed) throw new Error(`connection ended after ${JSON.stringify(text.slice(0, 300))}`);
        await Promise.race([once(socket, 'data').catch(() => {}), closed]);
      }
      return text;
    },
    all: async () => {
      await closed;
      return text;
    },
  };
}

/** Sends one message, and returns everything that comes back until the connection ends. */
export async function exchange(port: number, message: string): Promise<string> {
  const client = openRaw(port);
  client.socket.write(message, 'latin1');
  return client.all();
}
