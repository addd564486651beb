import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  DefenderClient,
  makeApi,
  registerFunction,
  signUp,
} from '../apps/console/src/testing/console-client.ts';
import { makeModelLine, testFunction } from '../apps/console/src/testing/make-audit.ts';
import { type SpawnedConsole, spawnConsole } from '../apps/console/src/testing/spawn-console.ts';
import { ringfence } from './ringfence.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-learned-use-'));
let running: SpawnedConsole;
let token: string;
beforeAll(async () => {
  running = await spawnConsole({ dataDirectory: join(folder, 'data') });
  token = (await signUp(running)).token;
});
afterAll(async () => {
  await running.end('SIGTERM');
  rmSync(folder, { recursive: true });
});

const DAY_MS = 86_400_000;
const template = join(folder, 'template.yaml');
writeFileSync(
  template,
  `
Resources:
  Convert:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: ${testFunction.name}
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: exports.handler = (event) => require(event.plugin)();
      Policies:
        - Statement:
            - { Effect: Allow, Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a' }
            - { Effect: Allow, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:jobs' }
`,
);

async function findUnused(...flags: string[]): Promise<string> {
  const environment = { RINGFENCE_CONSOLE: running.url, RINGFENCE_TOKEN: token };
  const { stdout, stderr } = await ringfence(['posture', template, ...flags, '--json'], environment);
  expect(stderr).toBe('');
  return JSON.stringify(
    JSON.parse(stdout).findings.filter(({ rule }: { rule: string }) => rule === 'posture/unused-permission'),
  );
}

it('posture asks the Console which services a function talked to, and a trail what it did', async () => {
  const api = makeApi(running, token);
  const { token: functionToken = '' } = await registerFunction(api, testFunction);
  const defender = new DefenderClient(running, functionToken);
  const learning = { name: 'learning', network: { effect: 'learn' }, learn: { invocations: 1000 } };
  await api('PUT', '/api/policy', { policy: { version: 1, runtime: { rules: [learning] } } });
  const last = Date.now();
  const since = last - 9 * DAY_MS;
  const lookedUp = { kind: 'domain' as const, value: 'ssm.eu-west-1.amazonaws.com', port: 443, count: 12 };
  await defender.postAudits([makeModelLine([{ ...lookedUp, first: since, last }], { since })]);
  defender.close();

  expect(await findUnused()).toBe('[]');
  const byModel = await findUnused('--learned');
  expect(byModel).toContain('need sqs:SendMessage, and in 9 days of its runtime model');
  expect(byModel).not.toContain('ssm:GetParameter');

  const trail = join(folder, 'trail.json');
  const event = (time: number, eventSource: string, eventName: string) => ({
    eventTime: new Date(time).toISOString(),
    eventSource,
    eventName,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::123456789012:assumed-role/convert-role/${testFunction.name}`,
    },
  });
  const Records = [
    event(since, 'logs.amazonaws.com', 'CreateLogStream'),
    event(last, 'sqs.amazonaws.com', 'SendMessage'),
  ];
  writeFileSync(trail, JSON.stringify({ Records }));
  expect(await findUnused('--trail', trail)).toContain(
    'need ssm:GetParameter, and in 9 days of the API trail',
  );
  // Each has seen what the other has not.
  expect(await findUnused('--trail', trail, '--learned')).not.toContain('sqs:SendMessage');

  writeFileSync(trail, '{}');
  const refused = await ringfence(['posture', template, '--trail', trail]);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`${trail} is no log of CloudTrail`),
  });
});
