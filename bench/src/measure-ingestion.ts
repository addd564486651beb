import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Effort } from './effort.ts';
import type { Row } from './row.ts';

/** How many audits a second a Console with the embedded store acknowledges, measured by the Console's own measurement. */
export async function measureIngestion(effort: Effort): Promise<Row> {
  const path = fileURLToPath(new URL('../../apps/console/bench/ingest.ts', import.meta.url));
  const flags = ['--conditions=source', '--import', 'tsx'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, path, `${effort.ingestSeconds}`]);
  const { auditsPerSecond, acknowledged, latencyMs, memoryMb } = JSON.parse(
    stdout.trim().split('\n').at(-1) ?? '',
  );
  return {
    id: 'ingestion',
    what: 'Console ingestion, embedded store',
    unit: 'audits/s',
    figure: auditsPerSecond,
    samples: acknowledged,
    target: { must: 5000, better: 'higher' },
    note: `batch ${latencyMs.median} ms, RSS ${memoryMb.underLoad} MB`,
  };
}
