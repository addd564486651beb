import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineSettings } from '@ringfence/policy/waas-section';
import { afterEach, expect, test } from 'vitest';
import { type RuntimeApi, startRuntimeApi } from '../../../apps/cli/src/run/runtime-api.ts';
import { readPrivateMemory } from '../../../bench/src/read-private-memory.ts';
import { preventingSettings } from '../../../packages/waas/src/test-settings.ts';
import { auditsOf, collect, type Finished, layOut, runUnder, signedPolicy } from './protect.ts';

const client = fileURLToPath(
  new URL(
    '../../../examples/runtime-clients/node/node_modules/aws-lambda-ric/bin/index.mjs',
    import.meta.url,
  ),
);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A function of a real Node runtime under the real init. It counts its calls and answers with its event. */
async function startFunction(changes: Partial<EngineSettings> | 'unjudged' = {}, learn = false) {
  const api = await startRuntimeApi({
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:convert',
    functionName: 'convert',
    handler: 'index.handler',
    timeoutMs: 30_000,
  });
  ends.push(() => api.close());
  const process = learn
    ? { effect: 'learn' as const }
    : { effect: 'alert' as const, miners: 'disable' as const };
  const waas = changes === 'unjudged' ? {} : { waas: preventingSettings(changes) };
  const signed = signedPolicy({ process, ...(learn && { learn: { invocations: 9 } }) }, waas);
  const { folder, init, remove } = layOut({ signedPolicy: signed });
  ends.push(remove);
  writeFileSync(
    join(folder, 'index.js'),
    `let calls = 0;
    exports.handler = async (event) => {
      calls++;
      if (event.path === '/start') require('node:child_process').execFileSync('/usr/bin/true');
      return event.Records ? { batchItemFailures: [], calls } : { calls, event };
    };`,
  );
  const child = runUnder(init, [globalThis.process.execPath, client, 'index.handler'], {
    cwd: folder,
    env: { AWS_LAMBDA_RUNTIME_API: api.address, LAMBDA_TASK_ROOT: folder, _HANDLER: 'index.handler' },
  });
  const finished = collect(child);
  return {
    api,
    pid: child.pid ?? 0,
    /** Ends it once it waits for its next event. */
    async stop(): Promise<Finished> {
      await api.whenIdle();
      child.kill('SIGTERM');
      return finished;
    },
  };
}

async function invoke(api: RuntimeApi, event: unknown) {
  const { status, payload, errorType } = await api.invoke(Buffer.from(JSON.stringify(event)));
  return { status, errorType, body: JSON.parse(payload.toString() || 'null') };
}

const gateway = (body: string) => ({
  httpMethod: 'POST',
  path: '/',
  body,
  requestContext: { identity: { sourceIp: '192.0.2.1' } },
});
const injection = gateway(JSON.stringify({ user: "x' OR '1'='1' UNION SELECT password FROM users --" }));
const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, i) => ({ messageId: `id-${i}`, eventSource: 'aws:sqs', body })),
});

test('SQL injection through API Gateway gets a 403, and the function is not called', async () => {
  const { api, stop } = await startFunction();
  const clean = gateway('{"user":"anna"}');
  expect(await invoke(api, clean)).toMatchObject({ status: 'ok', body: { calls: 1, event: clean } });
  expect(await invoke(api, injection)).toMatchObject({
    status: 'ok',
    body: { statusCode: 403, body: 'Forbidden' },
  });
  expect(await invoke(api, clean)).toMatchObject({ body: { calls: 2 } });
  expect(auditsOf(await stop(), 'waas')).toMatchObject([
    {
      effect: 'prevent',
      action: 'blocked',
      request: expect.stringMatching(/.+/),
      detail: {
        trigger: 'rest-api',
        address: '192.0.2.1',
        decision: 'answer',
        verdicts: [{ class: 'sqli', effect: 'prevent', path: 'body.user' }],
      },
    },
  ]);
});

test('a batch comes without its refused records, and fails for these', async () => {
  const { api, stop } = await startFunction();
  const { body } = await invoke(api, sqs('hay', "1' or '1'='1' union select 1,2--", 'straw'));
  expect(body).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-1' }], calls: 1 });
  expect(auditsOf(await stop(), 'waas')).toMatchObject([{ detail: { decision: 'replace' } }]);
});

test('a direct invocation fails, and the next one does not', async () => {
  const { api, stop } = await startFunction();
  expect(await invoke(api, { q: "x' OR '1'='1' UNION SELECT password FROM users --" })).toMatchObject({
    status: 'error',
    errorType: 'Ringfence.Refused',
  });
  expect(await invoke(api, { q: 'hay' })).toMatchObject({ body: { calls: 1 } });
  await stop();
});

test('by the effect alert the function is called, and it is told', async () => {
  const { api, stop } = await startFunction({ effects: { sqli: 'alert' } });
  expect(await invoke(api, injection)).toMatchObject({ body: { calls: 1 } });
  expect(auditsOf(await stop(), 'waas')).toMatchObject([
    {
      effect: 'alert',
      action: 'reported',
      message: expect.stringContaining('sqli in body.user'),
      detail: { decision: 'pass' },
    },
  ]);
});

test('who attacked is banned by the clock', async () => {
  const { api, stop } = await startFunction({ effects: { sqli: 'ban' } });
  await invoke(api, injection);
  expect(await invoke(api, gateway('hay'))).toMatchObject({ body: { statusCode: 403 } });
  const [, banned] = auditsOf(await stop(), 'waas');
  expect(banned).toMatchObject({ detail: { verdicts: [{ class: 'source' }] } });
});

test('an event of 6 MB is judged', { timeout: 60_000 }, async () => {
  const { api, stop } = await startFunction();
  const text = 'lorem ipsum dolor '.repeat(340_000);
  expect(await invoke(api, { a: text.slice(0, 3_000_000) })).toMatchObject({ body: { calls: 1 } });
  expect(await invoke(api, gateway(`${text}' UNION SELECT password FROM users --`))).toMatchObject({
    body: { statusCode: 403 },
  });
  await stop();
});

test('many audits of one event are cut to what a line takes', async () => {
  const { api, stop } = await startFunction();
  const fields = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [
      `${'\u0001"'.repeat(20)}${i}`,
      "x' OR '1'='1' UNION SELECT password FROM users --",
    ]),
  );
  await invoke(api, fields);
  const [audit] = auditsOf(await stop(), 'waas') as { detail: { verdicts: unknown[]; leftOut: number } }[];
  expect(audit?.detail.verdicts).not.toHaveLength(0);
  expect(audit?.detail.leftOut).toBeGreaterThan(30);
});

test('refused invocations count as such while the function learns', async () => {
  const { api, stop } = await startFunction({}, true);
  await invoke(api, { ...gateway('hay'), path: '/start' });
  await invoke(api, injection);
  const models = auditsOf(await stop(), 'model') as { detail: { invocations: number } }[];
  expect(models.reduce((sum, { detail }) => sum + detail.invocations, 0)).toBe(2);
});

test('a section that the engine does not take keeps the function from starting', async () => {
  const signed = signedPolicy(
    { effect: 'disable', allow: [] },
    { waas: { ...preventingSettings(), effects: { sqli: 'no effect' as 'alert' } } },
  );
  const { init, remove } = layOut({ signedPolicy: signed });
  const finished = await collect(runUnder(init, ['/usr/bin/true']));
  remove();
  expect(finished.code).toBe(1);
  expect(finished.stderr).toContain("the policy's waas section is not one that this init's engine takes");
});

test.runIf(process.getuid?.() === 0)('an event of 1 KB takes at most 512 KB', async () => {
  const event = gateway('lorem ipsum '.repeat(75));
  const memoryOf = async (changes: Parameters<typeof startFunction>[0]) => {
    const { api, pid, stop } = await startFunction(changes);
    await invoke(api, event);
    await api.whenIdle();
    const { uss } = readPrivateMemory(pid);
    await stop();
    return uss;
  };
  const [unjudged, judged] = [await memoryOf('unjudged'), await memoryOf({})];
  expect(judged - unjudged).toBeGreaterThan(0);
  expect(judged - unjudged).toBeLessThanOrEqual(512);
});
