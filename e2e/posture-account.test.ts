import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Report } from '../packages/findings/src/index.ts';
import { answerAsAccount } from '../packages/posture/src/testing/fake-account.ts';
import { type Answer, type Call, startFakeAws } from '../packages/posture/src/testing/fake-aws.ts';
import { makeZip } from '../packages/scan/src/testing/make-zip.ts';
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
const posture = (args: string[] = [], env: Record<string, string> = {}) =>
  ringfence(['posture', '--account', ...args], {
    AWS_ENDPOINT_URL: aws.address,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-central-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...env,
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
  const { code, stdout } = await posture(['--json', '--region', 'eu-central-1', '--region', 'us-east-1']);
  expect(code).toBe(1);
  const report = Report.parse(JSON.parse(stdout));
  expect(report.target).toEqual({ name: '123456789012', kind: 'account' });
  expect(report.findings.map(({ rule }) => rule)).toContain('posture/graphql-api-key');
  expect(report.graph?.nodes.map(({ id }) => id)).toContain('eu-central-1/function/orders');
  expect(new Set(aws.calls.map(({ region }) => region))).toEqual(new Set(['eu-central-1', 'us-east-1']));
});

it('fails on what a baseline does not have, and only on that', async () => {
  const before = join(folder, 'before.json');
  await posture(['-o', before]);
  expect(Report.parse(JSON.parse(readFileSync(before, 'utf8'))).findings).not.toEqual([]);
  expect(await posture(['--baseline', before])).toMatchObject({ code: 0 });
  answer = (call) =>
    call.operation === 'ListFunctionUrlConfigs' && call.input.name === 'jobs'
      ? { FunctionUrlConfigs: [{ AuthType: 'NONE', FunctionUrl: 'https://jobs.example/' }] }
      : answerAsAccount(call);
  const { code, stdout } = await posture(['--baseline', before, '--json']);
  answer = answerAsAccount;
  expect(code).toBe(1);
  const found = Report.parse(JSON.parse(stdout)).findings.map(({ rule, subject }) => `${rule} ${subject}`);
  expect(found).toContain('posture/function-url-open eu-central-1/function/jobs');
  expect(found).not.toContain('posture/function-url-open eu-central-1/function/open');
});

it('tells what it may not ask, and goes on', async () => {
  answer = (call) => (call.operation === 'ListQueues' ? undefined : answerAsAccount(call));
  const { code, stdout } = await posture(['--json', '--fail-on', 'never']);
  answer = answerAsAccount;
  expect(code).toBe(0);
  expect(Report.parse(JSON.parse(stdout)).notes).toContain(
    'eu-central-1: sqs:ListQueues is not allowed, so what queues there are is not known, and there is no finding of missing-permission here; ringfence posture role prints a role that may',
  );
});

it('compares permissions with code that it downloads, and leaves none of it behind', async () => {
  const zip = makeZip([
    {
      name: 'index.py',
      content: `import boto3

users = boto3.client("dynamodb")


def handler(event, context):
    users.get_item(TableName="users", Key={"id": {"S": event["id"]}})
    users.put_item(TableName="users", Item={"id": {"S": event["id"]}})
`,
    },
  ]);
  const store = createServer((_, response) => response.end(zip)).listen(0, '127.0.0.1');
  await once(store, 'listening');
  const { port } = store.address() as AddressInfo;
  answer = (call) =>
    call.operation !== 'GetFunction'
      ? answerAsAccount(call)
      : { Code: call.input.name === 'flow' ? { Location: `http://127.0.0.1:${port}/flow.zip` } : {} };
  const temporary = await mkdtemp(join(folder, 'tmp-'));
  const { code, stdout } = await posture(['--code', '--json'], { TMPDIR: temporary });
  answer = answerAsAccount;
  store.close();
  expect(code).toBe(1);
  const { findings } = Report.parse(JSON.parse(stdout));
  const ofFlow = (rule: string, action: string) =>
    findings.find(
      ({ rule: own, subject, message }) =>
        own === rule && /flow$/.test(subject ?? '') && message.includes(action),
    );
  expect(ofFlow('posture/unused-permission', 'dynamodb:DeleteItem')).toBeDefined();
  expect(ofFlow('posture/missing-permission', 'dynamodb:GetItem')).toBeUndefined();
  const missing = ofFlow('posture/missing-permission', 'dynamodb:PutItem');
  expect(missing?.locations).toContainEqual(
    expect.objectContaining({ path: 'eu-central-1/function/flow.zip/index.py', line: 8 }),
  );
  expect(readdirSync(temporary)).toEqual([]);
});

it('is no success where nobody is let in', async () => {
  answer = () => ({ error: 'InvalidClientTokenId', status: 403 });
  const { code, stderr } = await posture();
  answer = answerAsAccount;
  expect(code).toBe(2);
  expect(stderr).toContain("the account can't be read");
});
