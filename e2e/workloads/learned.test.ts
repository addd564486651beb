import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mergeEntries, readModelLine, suggestRule } from '@ringfence/learn';
import { RuntimeRule } from '@ringfence/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lab, openLab } from '../lab/lab.ts';
import { type RuleInput, runGuarded } from '../lab/run-guarded.ts';
import { runtimes, type WorkloadRuntime, workloadCommand } from './programs.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ withDatabase: true });
});
afterAll(() => lab?.close());

async function work(runtime: WorkloadRuntime, rule: RuleInput) {
  const scratch = mkdtempSync(join('/tmp', 'ringfence-workload-'));
  chownSync(scratch, 993, 993);
  const env = {
    HOME: scratch,
    SCRATCH: scratch,
    API_URL: 'http://api.lab.test',
    S3_URL: 'http://s3.lab.test:9000',
    DATABASE_URL: 'postgres://ringfence@db.lab.test:5432/postgres',
    FILES: '200',
    MEGABYTES: '2',
  };
  try {
    return await runGuarded(lab, { rule, platform: [], env }, workloadCommand(runtime));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const learning = RuntimeRule.parse({
  name: 'learning',
  process: { effect: 'learn' },
  network: { effect: 'learn' },
  files: { effect: 'learn' },
});
const identity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'workload',
  runtime: 'provided.al2023',
  arch: 'x86_64',
} as const;

it.each(runtimes)(
  'what %s works with is learned: names instead of addresses, and nothing is missing',
  async (runtime) => {
    const learned = await work(runtime, learning);
    expect(learned).toMatchObject({ code: 0 });
    const lines = learned.audits.flatMap(({ type, detail }) =>
      type === 'model' ? readModelLine(detail as never) : [],
    );
    const { rule } = suggestRule(mergeEntries(lines), identity, learning);
    expect(rule.network?.outbound).toEqual(expect.arrayContaining(['api.lab.test:80', 'db.lab.test:5432']));
    expect(rule.network?.outbound.filter((entry) => /^[\d.[]/.test(entry))).toEqual([]);
    const { process, network, files } = rule;
    const guarded = await work(runtime, { process, network, files } as RuleInput);
    expect(guarded.audits.filter(({ type }) => type !== 'coverage')).toEqual([]);
    expect(guarded).toMatchObject({ code: 0, stdout: learned.stdout });
  },
  120_000,
);
