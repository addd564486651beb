// Measures how many audits a second a real Console acknowledges: batches of 100 over TLS with keep-alive from 8 connections.
// Usage: npx tsx --conditions=source apps/console/bench/ingest.ts [seconds] [database url]
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefenderClient, makeApi, registerFunction, signUp } from '../src/testing/console-client.ts';
import { makeAudit, testFunction } from '../src/testing/make-audit.ts';
import { spawnConsole } from '../src/testing/spawn-console.ts';

const seconds = Number(process.argv[2] ?? 20);
const databaseUrl = process.argv[3];
const BATCH = 100;
const CONNECTIONS = 8;
const MEGABYTE = 1024 * 1024;

const dataDirectory = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
const running = await spawnConsole({ dataDirectory, ...(databaseUrl ? { databaseUrl } : {}) });

async function readMemory(): Promise<number> {
  const answer = once(running.child, 'message');
  running.child.send('memory');
  const [{ rss }] = (await answer) as [NodeJS.MemoryUsage];
  return Math.round(rss / MEGABYTE);
}

try {
  const { token } = await signUp(running);
  const { token: functionToken = '' } = await registerFunction(makeApi(running, token), testFunction);
  const client = new DefenderClient(running, functionToken, CONNECTIONS);
  const memoryIdle = await readMemory();
  const latencies: number[] = [];
  let acknowledged = 0;
  let refused = 0;
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        const batch = Array.from({ length: BATCH }, () => makeAudit());
        const sent = performance.now();
        const { status, text } = await client.postAudits(batch);
        latencies.push(performance.now() - sent);
        if (status === 200) acknowledged += JSON.parse(text).accepted;
        else refused++;
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  client.close();
  latencies.sort((a, b) => a - b);
  const quantile = (part: number) => Math.round(latencies[Math.floor(latencies.length * part)] ?? 0);
  console.log(
    JSON.stringify({
      store: databaseUrl ? 'PostgreSQL' : 'embedded',
      seconds: Math.round(elapsed),
      auditsPerSecond: Math.round(acknowledged / elapsed),
      acknowledged,
      refusedBatches: refused,
      latencyMs: { median: quantile(0.5), p99: quantile(0.99), max: Math.round(latencies.at(-1) ?? 0) },
      memoryMb: { idle: memoryIdle, underLoad: await readMemory() },
    }),
  );
} finally {
  await running.end('SIGTERM');
  rmSync(dataDirectory, { recursive: true, force: true });
}
