import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WaasOptions } from '@ringfence/waas';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OpenFunction, openFunction } from '../../apps/cli/src/run/open-function.ts';
import { likenesses } from '../../apps/cli/src/run/sandbox-places.ts';
import { makeApi, signUp } from '../../apps/console/src/testing/console-client.ts';
import { type SpawnedConsole, spawnConsole } from '../../apps/console/src/testing/spawn-console.ts';
import { ringfence } from '../ringfence.ts';

type Runtime = [name: string, folder: string, handler: string];
const node: Runtime = ['nodejs20.x', 'node', 'index.handler'];
const python: Runtime = ['python3.11', 'python', 'app.handler'];

const injection = "x' OR '1'='1' UNION SELECT password FROM users --";
const rest = (user: string, sourceIp = '192.0.2.1') => ({
  resource: '/users',
  httpMethod: 'POST',
  path: '/users',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ user }),
  requestContext: { identity: { sourceIp } },
});
const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `id-${index}`, eventSource: 'aws:sqs', body })),
});

let work: string;
let running: SpawnedConsole;
let environment: Record<string, string>;
let api: ReturnType<typeof makeApi>;
let opened: OpenFunction | undefined;
let functions = 0;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-waas-'));
  running = await spawnConsole({ dataDirectory: join(work, 'data') });
  const { token } = await signUp(running);
  api = makeApi(running, token);
  environment = { RINGFENCE_CONSOLE: running.url, RINGFENCE_TOKEN: token };
});

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

afterAll(async () => {
  await running?.end('SIGTERM');
  rmSync(work, { recursive: true, force: true });
});

async function applyRule(rule: WaasOptions) {
  const file = join(work, 'policy.yaml');
  const rules = [{ name: 'all', ...rule }];
  writeFileSync(file, JSON.stringify({ version: 1, waas: { rules }, settings: { policyRefreshSeconds: 5 } }));
  expect(await ringfence(['policy', 'apply', file], environment)).toMatchObject({ code: 0 });
}

/** Embeds the function with the Console's rule, and opens it. */
async function openUnder(
  rule: WaasOptions,
  [runtime, folder, handler]: Runtime,
  like: (typeof likenesses)[number],
) {
  await applyRule(rule);
  const name = `shows-${++functions}`;
  const output = join(work, name);
  const source = `e2e/waas/functions/${folder}`;
  const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const embedded = await ringfence(
    [
      ...['embed', source, '--function', name, '--region', 'eu-west-1'],
      ...['--runtime', runtime, '--arch', arch, '-o', output],
    ],
    environment,
  );
  expect(embedded).toMatchObject({ code: 0 });
  opened = await openFunction({
    package: output,
    functionName: name,
    region: 'eu-west-1',
    runtime,
    handler,
    timeoutSeconds: 20,
    like,
  });
  return { name, target: opened };
}

async function invoke(target: OpenFunction, event: unknown) {
  const { status, payload, errorType } = await target.invoke(Buffer.from(JSON.stringify(event)));
  return { status, errorType, body: JSON.parse(payload.toString() || 'null') };
}

/** The audits of type waas that the Console has of the function, once there are so many. */
async function auditsOnConsole(name: string, count: number) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { body } = await api('GET', `/api/audits?type=waas&function=${name}`);
    const audits = body.items as unknown[];
    if (audits.length >= count || Date.now() > deadline) return audits;
    await sleep(100);
  }
}

describe.each(likenesses)('in a %s', (like) => {
  describe.each([node, python])('%s', (...runtime) => {
    test('prevent answers for the function, and the Console is told', { timeout: 60_000 }, async () => {
      const response = { status: 418, type: 'application/json', body: '{"no":true}' };
      const { name, target } = await openUnder({ effect: 'prevent', response }, runtime, like);
      expect(await invoke(target, rest('anna'))).toMatchObject({
        body: { calls: 1, event: rest('anna') },
      });
      expect(await invoke(target, rest(injection))).toMatchObject({
        status: 'ok',
        body: { statusCode: 418, headers: { 'content-type': 'application/json' }, body: '{"no":true}' },
      });
      expect(await invoke(target, { q: injection })).toMatchObject({
        status: 'error',
        errorType: 'Ringfence.Refused',
      });
      expect(await invoke(target, rest('anna'))).toMatchObject({ body: { calls: 2 } });
      expect(await auditsOnConsole(name, 2)).toMatchObject([
        { effect: 'prevent', action: 'blocked', detail: { trigger: 'direct', decision: 'error' } },
        {
          effect: 'prevent',
          action: 'blocked',
          detail: {
            trigger: 'rest-api',
            address: '192.0.2.1',
            decision: 'answer',
            verdicts: [{ class: 'sqli', path: 'body.user', decoding: ['json'] }],
          },
        },
      ]);
    });

    test('of a batch the clean records come', { timeout: 60_000 }, async () => {
      const { target } = await openUnder({ effect: 'prevent' }, runtime, like);
      expect((await invoke(target, sqs('hay', injection, 'straw'))).body).toEqual({
        batchItemFailures: [{ itemIdentifier: 'id-1' }],
        calls: 1,
        event: { Records: [sqs('hay').Records[0], sqs('', '', 'straw').Records[2]] },
      });
      await target.close();
      const { target: dropping } = await openUnder({ effect: 'prevent', records: 'drop' }, runtime, like);
      expect((await invoke(dropping, sqs(injection, 'straw'))).body).toMatchObject({
        batchItemFailures: [],
        calls: 1,
      });
    });

    test('alert lets it through, and hides what is secret', { timeout: 60_000 }, async () => {
      const { name, target } = await openUnder({ effect: 'alert' }, runtime, like);
      const event = { ...rest(''), body: JSON.stringify({ password: `hunter2${injection}` }) };
      expect(await invoke(target, event)).toMatchObject({ body: { calls: 1, event } });
      const audits = await auditsOnConsole(name, 1);
      expect(audits).toMatchObject([{ effect: 'alert', action: 'reported' }]);
      expect(JSON.stringify(audits)).not.toContain('hunter2');
    });
  });
});

describe('rules', () => {
  const inContainer = (rule: WaasOptions) => openUnder(rule, node, 'container');

  test('the answer has the shape of the trigger', { timeout: 60_000 }, async () => {
    const { target } = await inContainer({
      effect: 'prevent',
      response: { status: 451, type: 'text/html', body: '<p>no</p>' },
    });
    const http = (domainName: string) => ({
      version: '2.0',
      rawPath: '/users',
      requestContext: { domainName, http: { method: 'POST', path: '/users', sourceIp: '192.0.2.1' } },
      body: injection,
    });
    const balanced = {
      requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:x' } },
      httpMethod: 'POST',
      path: '/users',
      headers: { 'x-forwarded-for': '192.0.2.1' },
      body: injection,
    };
    const socket = { requestContext: { connectionId: 'L0SM9', eventType: 'MESSAGE' }, body: injection };
    const cf = { request: { clientIp: '192.0.2.1', method: 'GET', uri: '/', querystring: `q=${injection}` } };
    const answer = { statusCode: 451, headers: { 'content-type': 'text/html' }, body: '<p>no</p>' };
    expect((await invoke(target, http('abc.execute-api.eu-west-1.amazonaws.com'))).body).toMatchObject(
      answer,
    );
    expect((await invoke(target, http('abc.lambda-url.eu-west-1.on.aws'))).body).toMatchObject(answer);
    expect((await invoke(target, socket)).body).toMatchObject(answer);
    expect((await invoke(target, balanced)).body).toMatchObject({
      ...answer,
      statusDescription: '451 Refused',
      isBase64Encoded: false,
    });
    expect((await invoke(target, { Records: [{ cf }] })).body).toEqual({
      status: '451',
      headers: { 'content-type': [{ key: 'Content-Type', value: 'text/html' }] },
      body: '<p>no</p>',
    });
  });

  test('an exception silences, and only there', { timeout: 60_000 }, async () => {
    const { target } = await inContainer({
      effect: 'prevent',
      exceptions: [{ classes: ['sqli'], field: 'body.user', sources: ['198.51.100.0/24'] }],
    });
    expect(await invoke(target, rest(injection, '198.51.100.7'))).toMatchObject({ body: { calls: 1 } });
    expect(await invoke(target, rest(injection))).toMatchObject({ body: { statusCode: 403 } });
  });

  test('a banned source is refused whatever it asks, and nobody else', { timeout: 60_000 }, async () => {
    const { target } = await inContainer({ effect: 'ban' });
    await invoke(target, rest(injection));
    expect(await invoke(target, rest('anna'))).toMatchObject({ body: { statusCode: 403 } });
    expect(await invoke(target, rest('anna', '192.0.2.2'))).toMatchObject({ body: { calls: 1 } });
  });

  test('a denied network is refused', { timeout: 60_000 }, async () => {
    const { target } = await inContainer({ effect: 'alert', sources: { deny: ['192.0.2.0/24'] } });
    expect(await invoke(target, { ...rest('anna'), queryStringParameters: {} })).toMatchObject({
      body: { statusCode: 403 },
    });
    expect(await invoke(target, rest('anna', '203.0.113.1'))).toMatchObject({ body: { calls: 1 } });
  });

  test('what can not be judged fully is refused when errors close', { timeout: 60_000 }, async () => {
    const event = { ...rest(''), body: `${'%25'.repeat(50_000)}&#37;+\\x25` };
    const open = await inContainer({ effect: 'alert', onError: 'open' });
    expect(await invoke(open.target, event)).toMatchObject({ body: { calls: 1 } });
    expect(await auditsOnConsole(open.name, 1)).toMatchObject([{ detail: { incomplete: true } }]);
    await open.target.close();
    const { target } = await inContainer({ effect: 'alert', onError: 'closed' });
    expect(await invoke(target, event)).toMatchObject({ body: { statusCode: 403 } });
  });

  test('what does not fit the shape of its route is refused', { timeout: 60_000 }, async () => {
    const { target } = await inContainer({
      effect: 'prevent',
      shapes: [
        {
          method: 'POST',
          path: '/users',
          body: { json: { type: 'object', properties: { user: { maxLength: 8 } } } },
        },
      ],
    });
    expect(await invoke(target, rest('anna'))).toMatchObject({ body: { calls: 1 } });
    expect(await invoke(target, rest('anna maria'))).toMatchObject({ body: { statusCode: 403 } });
  });

  test.each(['disable', 'alert'] as const)(
    'a running function does not get the first event under a rule that prevents, where it was %s before',
    { timeout: 60_000 },
    async (effect) => {
      const { target } = await inContainer({ effect });
      expect(await invoke(target, rest(injection))).toMatchObject({ body: { calls: 1 } });
      await applyRule({ effect: 'prevent' });
      const isChanged = () => target.log.audits.some(({ type }) => type === 'policy');
      const deadline = Date.now() + 30_000;
      let last: Awaited<ReturnType<typeof invoke>> | undefined;
      let calls = 0;
      while (!isChanged() && Date.now() < deadline) {
        await sleep(200);
        last = await invoke(target, rest(injection));
        calls++;
      }
      expect(isChanged()).toBe(true);
      expect(last).toMatchObject({ body: { statusCode: 403 } });
      // All before it were let through: the refused one is the first.
      expect(await invoke(target, rest('anna'))).toMatchObject({ body: { calls: calls + 1 } });
    },
  );
});
