import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Programs } from './build-programs.ts';

/** Starts a Runtime API in a process of its own; after `events` events on a connection it holds the next request. */
export async function startRuntimeApi(programs: Programs, eventBytes: number, events?: number) {
  const numbers = events === undefined ? [eventBytes] : [eventBytes, events];
  const server = spawn(programs['runtime-api'], numbers.map(String), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const [port] = await once(lines, 'line');
  let held = 0;
  lines.on('line', () => held++);
  return {
    env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` },
    /** How many connections wait for an event that will not come. */
    countHeld: () => held,
    async close() {
      const closed = once(server, 'close');
      server.kill();
      await closed;
    },
  };
}
