import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runChecks } from '../checks/run-checks.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { answerAsAccount } from '../testing/fake-account.ts';
import { type Answer, type Call, startFakeAws } from '../testing/fake-aws.ts';
import { readAccount } from './read-account.ts';

let stop = () => {};
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
});
afterEach(() => {
  stop();
  vi.unstubAllEnvs();
});

/** The account whose answers to `operation` are others. */
async function readWith(operation: RegExp, answer: (call: Call) => Answer | undefined) {
  const aws = await startFakeAws((call) =>
    operation.test(`${call.service}:${call.operation}`) ? answer(call) : answerAsAccount(call),
  );
  stop = aws.stop;
  vi.stubEnv('AWS_ENDPOINT_URL', aws.address);
  const account = await readAccount(['eu-central-1']);
  const findings = await runChecks(buildGraph(account));
  const found = findings.map(({ rule, subject }) => `${rule} ${subject}`);
  return { account, found, calls: aws.calls };
}

const orders = 'eu-central-1/function/orders';

test.each([
  [
    'text that is no JSON',
    /^lambda:ListEventSourceMappings$/,
    '<html>',
    'lambda:ListEventSourceMappings failed',
  ],
  ['text that is no XML', /^sns:ListTopics$/, '{"Topics": [', 'sns:ListTopics failed'],
  ['a policy that is no JSON', /^lambda:GetPolicy$/, { Policy: '{"Statement":' }, 'lambda:GetPolicy failed'],
  [
    'a definition that is no JSON',
    /^states:Describe/,
    { definition: 'States' },
    'states:DescribeStateMachine failed',
  ],
  [
    'a list that is none',
    /^events:ListRules$/,
    { Rules: 7 },
    'events:ListEventBuses led to an answer that is not understood',
  ],
  ['members of other kinds', /^kms:ListKeys$/, { Keys: [null, 7, { KeyId: {} }] }, 'kms:'],
])('%s is told, and all else is read', async (_, operation, answer, note) => {
  const { account } = await readWith(operation, () => answer);
  expect(account.notes).toHaveLength(1);
  expect(account.notes[0]).toContain(note);
  expect(account.resources.has('eu-central-1/queue/jobs')).toBe(true);
});

test('pages without an end are left after the first that comes again', async () => {
  const { account, calls } = await readWith(/^sqs:ListQueues$/, ({ input }) => ({
    QueueUrls: [],
    NextToken: input.NextToken === 'one' ? 'two' : 'one',
  }));
  expect(account.notes).toEqual([
    'eu-central-1: sqs:ListQueues has pages without an end, so what queues there are is not known, and there is no finding of missing-permission here; the first 3 are read',
  ]);
  expect(calls.filter(({ operation }) => operation === 'ListQueues')).toHaveLength(3);
});

test('pages that are always new are left in the end', async () => {
  const { account, calls } = await readWith(/^sqs:ListQueues$/, ({ input }) => ({
    QueueUrls: [],
    NextToken: String(Number(input.NextToken ?? 0) + 1),
  }));
  expect(account.notes).toEqual([expect.stringContaining('sqs:ListQueues has pages without an end')]);
  expect(calls.filter(({ operation }) => operation === 'ListQueues')).toHaveLength(2_001);
}, 120_000);

test('an answer that is too large is not taken', async () => {
  const { account } = await readWith(/^logs:DescribeLogGroups$/, () => `{"a":"${'x'.repeat(40_000_000)}"}`);
  expect(account.notes).toEqual([
    expect.stringMatching(/^eu-central-1: logs:DescribeLogGroups failed, .*an answer has more than 32 MB$/),
  ]);
});

test('messages of services do not reach a terminal as they are', async () => {
  const { account } = await readWith(/^pipes:ListPipes$/, () => ({
    error: 'ValidationException',
    status: 400,
    message: `no\u001b[2J\r\n${'x'.repeat(10_000)}`,
  }));
  expect(account.notes[0]).toMatch(/; no x+$/);
  expect(account.notes[0]?.length).toBeLessThan(500);
});

test('an action that is never answered is not asked for ever', async () => {
  const { calls } = await readWith(/^iam:|^lambda:/, (call) => {
    if (call.operation === 'ListFunctions')
      return {
        Functions: Array.from({ length: 200 }, (_, index) => ({ FunctionName: `f${index}` })),
      };
    return undefined;
  });
  expect(calls.filter(({ operation }) => operation === 'GetPolicy').length).toBeLessThan(30);
});

test.each([
  ['lambda:GetPolicy', `posture/orphan-function ${orders}`, /^apigateway:|^apigatewayv2:/],
  ['apigateway:GET', 'posture/unattached-authorizer', /^apigateway:GetRoutes$/],
])('without %s there are no findings that depend on it', async (_, finding, operation) => {
  const { found } = await readWith(operation, () => undefined);
  expect(found.filter((each) => each.startsWith(finding))).toEqual([]);
});

test('what may not be asked of a function is no finding about it', async () => {
  const denied = /^lambda:(GetFunctionConcurrency|ListFunctionEventInvokeConfigs|ListCodeSigningConfigs)$/;
  const judged = /^posture\/(no-concurrency-limit|no-failure-destination|no-code-signing) /;
  const { found: before } = await readWith(/^never$/, () => undefined);
  stop();
  const { found } = await readWith(denied, () => undefined);
  expect(before.filter((each) => judged.test(each))).not.toEqual([]);
  expect(found.filter((each) => judged.test(each))).toEqual([]);
});

test('of a topic, a stream and a queue whose settings may not be asked nothing is said', async () => {
  const { found } = await readWith(
    /^(sns:GetTopicAttributes|kinesis:DescribeStreamSummary|sqs:GetQueueAttributes)$/,
    () => undefined,
  );
  expect(found.filter((each) => each.startsWith('posture/unencrypted'))).toEqual([]);
});

test('of a bucket of which it is not known whether the public is kept out nothing is said', async () => {
  const { found } = await readWith(/^s3:GetPublicAccessBlock$/, () => undefined);
  expect(found.filter((each) => /bucket\/my_uploads/.test(each))).toEqual([]);
});
