import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Report } from '../packages/findings/src/index.ts';
import { answerAsAccount } from '../packages/posture/src/testing/fake-account.ts';
import { type Answer, type Call, startFakeAws } from '../packages/posture/src/testing/fake-aws.ts';
import { ringfence } from './ringfence.ts';

let folder = '';
let aws: Awaited<ReturnType<typeof startFakeAws>>;
let answer: (call: Call) => Answer | undefined = answerAsAccount;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringfence-account-'));
  aws = await startFakeAws((call) => answer(call));
});
afterAll(() => {
  aws.stop();
  rmSync(folder, { recursive: true });
});

/** As a person signed in to the account does. */
const posture = (...args: string[]) =>
  ringfence(['posture', '--account', ...args], {
    AWS_ENDPOINT_URL: aws.address,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-central-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });

it('reads an account, tells what is wrong with it and fails', async () => {
  const { code, stdout, stderr } = await posture();
  expect(stderr).toBe('');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /HIGH +Anyone can call the function by its URL +posture\/function-url-open \(eu-central-1\/function\/open\)/,
  );
  expect(stdout).toMatch(/123456789012: \d+ critical/);
});

it('gives the same as JSON, of two regions', async () => {
  const { code, stdout } = await posture('--json', '--region', 'eu-central-1', '--region', 'us-east-1');
  expect(code).toBe(1);
  const report = Report.parse(JSON.parse(stdout));
  expect(report.target).toEqual({ name: '123456789012', kind: 'account' });
  expect(report.findings.map(({ rule }) => rule)).toContain('posture/graphql-api-key');
  expect(report.graph?.nodes.map(({ id }) => id)).toContain('eu-central-1/function/orders');
  expect(new Set(aws.calls.map(({ region }) => region))).toEqual(new Set(['eu-central-1', 'us-east-1']));
});

it('fails on what a baseline does not have, and only on that', async () => {
  const before = join(folder, 'before.json');
  await posture('-o', before);
  expect(Report.parse(JSON.parse(readFileSync(before, 'utf8'))).findings).not.toEqual([]);
  expect(await posture('--baseline', before)).toMatchObject({ code: 0 });
  answer = (call) =>
    call.operation === 'ListFunctionUrlConfigs' && call.input.name === 'jobs'
      ? { FunctionUrlConfigs: [{ AuthType: 'NONE', FunctionUrl: 'https://jobs.example/' }] }
      : answerAsAccount(call);
  const { code, stdout } = await posture('--baseline', before, '--json');
  answer = answerAsAccount;
  expect(code).toBe(1);
  const found = Report.parse(JSON.parse(stdout)).findings.map(({ rule, subject }) => `${rule} ${subject}`);
  expect(found).toContain('posture/function-url-open eu-central-1/function/jobs');
  expect(found).not.toContain('posture/function-url-open eu-central-1/function/open');
});

it('tells what it may not ask, and goes on', async () => {
  answer = (call) => (call.operation === 'ListQueues' ? undefined : answerAsAccount(call));
  const { code, stdout } = await posture('--json', '--fail-on', 'never');
  answer = answerAsAccount;
  expect(code).toBe(0);
  expect(Report.parse(JSON.parse(stdout)).notes).toContain(
    'eu-central-1: sqs:ListQueues is not allowed, so what queues there are is not known; ringfence posture role prints a role that may',
  );
});

it('is no success where nobody is let in', async () => {
  answer = () => ({ error: 'InvalidClientTokenId', status: 403 });
  const { code, stderr } = await posture();
  answer = answerAsAccount;
  expect(code).toBe(2);
  expect(stderr).toContain("the account can't be read");
});
