import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Row } from './src/row.ts';

const isRoot = process.getuid?.() === 0;
const starts = ['start-c', 'start-node', 'start-node-console', 'start-python', 'start-java'];
const startsT2 = ['start-node-t2', 'start-python-t2', 'start-java-t2'];
const execs = ['exec-allowed', 'exec-allowed-t2', 'exec-denied'];
const calls = ['call', 'call-t2'];
const opens = [
  'open-read',
  'open-write',
  'open-read-t1',
  'open-write-t1',
  'open-read-t2',
  'open-link-t2',
  'open-write-t2',
];
const network = [
  'connect',
  'connect-t2',
  'lookup-first',
  'lookup-first-t2',
  'lookup-later',
  'lookup-later-t2',
];
const compared = [
  ...starts,
  ...startsT2,
  'invocation-1k',
  'invocation-1m',
  ...execs,
  ...calls,
  ...opens,
  ...(isRoot ? network : []),
];
const memory = isRoot ? ['memory-idle', 'memory-load', 'memory-after'] : [];
const single = [...memory, 'size-x86_64', 'size-arm64', 'ingestion'];
const protections = ['t0', 't2', 'firewall', 'permission'];
const peerRows = ['start', 'connect', 'child', 'memory'].flatMap((task) =>
  protections.map((protection) => `${protection}-${task}`),
);

it('measures everything', { timeout: 240_000 }, async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const flags = ['--conditions=source', '--import', 'tsx', main, '--quick', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  const { machine, rows, peers } = JSON.parse(stdout) as { machine: string; rows: Row[]; peers: Row[] };
  expect(machine).toMatch(/^\d+ × .+, \d+ GB, Linux .+, Node v/);
  expect(rows.map(({ id }) => id)).toEqual([...compared, ...single]);
  expect(peers.map(({ id }) => id)).toEqual(isRoot ? peerRows : []);
  for (const row of [...rows, ...peers]) {
    expect(row.samples, row.id).toBeGreaterThan(0);
    expect(row.figure, row.id).toSatisfy(Number.isFinite);
    if (single.includes(row.id)) expect(row.figure, row.id).toBeGreaterThan(0);
    else expect(Math.min(row.unguarded ?? 0, row.guarded ?? 0), row.id).toBeGreaterThan(0);
  }
});
