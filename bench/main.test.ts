import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Row } from './src/row.ts';

const compared = [
  'start-c',
  'start-node',
  'start-node-console',
  'invocation-1k',
  'invocation-1m',
  'exec-allowed',
  'exec-denied',
  'call',
];
const memory = process.getuid?.() === 0 ? ['memory-idle', 'memory-load', 'memory-after'] : [];
const single = [...memory, 'size-x86_64', 'size-arm64', 'ingestion'];

it('measures everything', { timeout: 240_000 }, async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const flags = ['--conditions=source', '--import', 'tsx', main, '--quick', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  const { machine, rows } = JSON.parse(stdout) as { machine: string; rows: Row[] };
  expect(machine).toMatch(/^\d+ × .+, \d+ GB, Linux .+, Node v/);
  expect(rows.map(({ id }) => id)).toEqual([...compared, ...single]);
  for (const row of rows) {
    expect(row.samples, row.id).toBeGreaterThan(0);
    expect(row.figure, row.id).toSatisfy(Number.isFinite);
    if (!compared.includes(row.id)) expect(row.figure, row.id).toBeGreaterThan(0);
    else expect(Math.min(row.unguarded ?? 0, row.guarded ?? 0), row.id).toBeGreaterThan(0);
  }
});
