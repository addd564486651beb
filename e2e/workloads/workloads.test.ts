import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from '../lab/lab.ts';
import { runGuarded, runInLab } from '../lab/run-guarded.ts';
import { type WorkloadRuntime, workloadCommand } from './programs.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ withDatabase: true });
});
afterAll(() => lab?.close());

/** What an ordinary function needs, and nothing else. */
const rule = {
  process: { allow: ['/usr/bin/sort', '/usr/lib/jvm/*/lib/jspawnhelper'] },
  network: { outbound: ['api.lab.test:80', '*.lab.test:9000', 'db.lab.test:5432'] },
};

function settings(scratch: string) {
  return {
    HOME: scratch,
    SCRATCH: scratch,
    API_URL: 'http://api.lab.test',
    S3_URL: 'http://s3.lab.test:9000',
    DATABASE_URL: 'postgres://ringfence@db.lab.test:5432/postgres',
    FILES: '10000',
    MEGABYTES: '200',
  };
}

async function inScratch<T>(use: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join('/tmp', 'ringfence-workload-'));
  chownSync(scratch, 993, 993);
  try {
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

describe.each<WorkloadRuntime>(['node', 'python', 'java', 'ruby', 'dotnet'])('%s', (runtime) => {
  it('works as without a guard, and no audit complains', async () => {
    const command = workloadCommand(runtime);
    const free = await inScratch((scratch) => runInLab(lab, command, settings(scratch)));
    expect(free).toMatchObject({ code: 0 });
    expect(free.stdout).toMatch(/200 MB [0-9a-f]{64}\n$/);
    const guarded = await inScratch((scratch) => runGuarded(lab, rule, command, settings(scratch)));
    expect(guarded).toMatchObject({ code: 0, stdout: free.stdout });
    expect(guarded.audits.filter(({ type }) => type !== 'coverage')).toEqual([]);
  }, 120_000);
});
