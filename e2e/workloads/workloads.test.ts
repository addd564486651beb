import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tier } from '../attacks/attempts.ts';
import { type Lab, openLab } from '../lab/lab.ts';
import { runGuarded, runInLab } from '../lab/run-guarded.ts';
import { platformOf, tiersOf } from '../lab/tiers.ts';
import { runtimes, workloadCommand } from './programs.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ withDatabase: true });
});
afterAll(() => lab?.close());

/** What an ordinary function needs, and nothing else. */
const rule = (scratch: string) => ({
  process: { allow: ['/usr/bin/sort', '/usr/lib/jvm/*/lib/jspawnhelper'] },
  network: { outbound: ['api.lab.test:80', 's3.lab.test:9000', 'db.lab.test:5432'] },
  files: { write: [`${scratch}/**`, '${tmp}/**'] },
  secrets: ['DATABASE_URL', 'S3_*'],
});

const settings = (scratch: string) => ({
  HOME: scratch,
  SCRATCH: scratch,
  API_URL: 'http://api.lab.test',
  S3_URL: 'http://s3.lab.test:9000',
  DATABASE_URL: 'postgres://ringfence@db.lab.test:5432/postgres',
  FILES: '10000',
  MEGABYTES: '200',
});

async function inScratch<T>(use: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join('/tmp', 'ringfence-workload-'));
  chownSync(scratch, 993, 993);
  try {
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const tiers: Tier[] = ['T0', 'T1', 'T2', 'T0+T2'];

describe.each(runtimes)('%s', (runtime) => {
  let free: string;
  beforeAll(async () => {
    const finished = await inScratch((scratch) => runInLab(lab, workloadCommand(runtime), settings(scratch)));
    expect(finished).toMatchObject({ code: 0 });
    free = finished.stdout;
    expect(free).toMatch(/200 MB [0-9a-f]{64}\n$/);
  }, 120_000);

  it.each(tiers)(
    'works at %s as without a guard, and no audit complains',
    async (tier) => {
      const guarded = await inScratch((scratch) => {
        const how = { rule: rule(scratch), platform: platformOf(tier), env: settings(scratch) };
        return runGuarded(lab, how, workloadCommand(runtime));
      });
      expect(guarded.audits.filter(({ type }) => type !== 'coverage')).toEqual([]);
      expect(guarded.audits).toMatchObject([{ type: 'coverage', detail: tiersOf(tier) }]);
      expect(guarded).toMatchObject({ code: 0, stdout: free });
    },
    120_000,
  );
});
