import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseAuditLine } from '@ringfence/audit';
import { afterEach, describe, expect, test } from 'vitest';
import { type RuntimeApi, startRuntimeApi } from '../../apps/cli/src/run/runtime-api.ts';

const client = fileURLToPath(
  new URL('../../examples/runtime-clients/node/node_modules/aws-lambda-ric/bin/index.mjs', import.meta.url),
);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A handler of `lambda-functions.mjs` under AWS's runtime client. */
async function start(handler: string) {
  const api = await startRuntimeApi({
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:convert',
    functionName: 'convert',
    handler: `lambda-functions.${handler}`,
    timeoutMs: 20_000,
  });
  ends.push(() => api.close());
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', client, `lambda-functions.${handler}`],
    {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: {
        ...process.env,
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_FUNCTION_NAME: 'convert',
        AWS_REGION: 'eu-west-1',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  ends.push(() => child.kill());
  const output = text(child.stdout);
  return {
    api,
    /** Ends it, and reads its audits. */
    async audits() {
      await api.whenIdle();
      child.kill();
      await once(child, 'exit');
      return (await output)
        .split('\n')
        .filter((line) => line.startsWith('{"ringfence"'))
        .map((line) => {
          const read = parseAuditLine(line);
          return read.ok ? read.audit : read.error;
        });
    },
  };
}

async function invoke(api: RuntimeApi, event: unknown) {
  const { status, payload, errorType } = await api.invoke(Buffer.from(JSON.stringify(event)));
  return { status, errorType, body: JSON.parse(payload.toString() || 'null') };
}

const attack = "x' OR '1'='1' UNION SELECT password FROM users --";
const http = (body: string) => ({
  version: '2.0',
  body,
  requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' } },
});
const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, i) => ({ messageId: `id-${i}`, eventSource: 'aws:sqs', body })),
});

describe.each(['asynchronous', 'withCallback', 'succeeding'])('a handler that is %s', (handler) => {
  test('gets what is harmless, and nothing else', async () => {
    const { api, audits } = await start(handler);
    const clean = http('{"user":"anna"}');
    expect(await invoke(api, clean)).toMatchObject({
      status: 'ok',
      body: { calls: 1, event: clean, context: true },
    });
    expect(await invoke(api, http(JSON.stringify({ user: attack })))).toMatchObject({
      status: 'ok',
      body: {
        statusCode: 403,
        headers: { 'content-type': 'application/json' },
        body: '{"message":"Forbidden"}',
      },
    });
    expect(await invoke(api, { q: attack })).toMatchObject({
      status: 'error',
      body: { errorType: 'Ringfence.Refused', errorMessage: expect.stringContaining('refused') },
    });
    expect(await invoke(api, clean)).toMatchObject({ body: { calls: 2 } });
    expect(await audits()).toMatchObject([
      {
        type: 'waas',
        effect: 'prevent',
        action: 'blocked',
        function: { cloud: 'aws', account: '123456789012', region: 'eu-west-1', name: 'convert' },
        request: expect.stringMatching(/.+/),
        message: expect.stringContaining('refused an event (http-api): sqli in body.user: the text '),
        detail: {
          address: '192.0.2.1',
          decision: 'answer',
          verdicts: [{ class: 'sqli', path: 'body.user' }],
        },
      },
      { detail: { trigger: 'direct', decision: 'error' } },
    ]);
  });
});

test.each(['asynchronous', 'withCallback'])(
  '%s: of a batch it gets the clean records, and the others fail',
  async (handler) => {
    const { api, audits } = await start(handler);
    expect(await invoke(api, sqs('hay', attack, 'straw'))).toMatchObject({
      status: 'ok',
      body: {
        event: { Records: [{ messageId: 'id-0' }, { messageId: 'id-2' }] },
        batchItemFailures: [{ itemIdentifier: 'id-1' }],
      },
    });
    expect(await audits()).toMatchObject([{ detail: { decision: 'replace' } }]);
  },
);

test.each(['streaming', 'protectedStream'])(
  '%s: a streamed response, or the refusal in its place',
  async (handler) => {
    const { api } = await start(handler);
    const answer = await api.invoke(Buffer.from(JSON.stringify(http('hay'))));
    expect(answer).toMatchObject({ status: 'ok', streamed: true });
    expect(answer.payload.toString()).toMatch(/^\{"statusCode":201,.*\0{8}first,\{"calls":1,/);
    const refused = await api.invoke(Buffer.from(JSON.stringify(http(attack))));
    expect(refused).toMatchObject({ status: 'ok', streamed: true });
    expect(refused.payload.toString()).toMatch(/^\{"statusCode":403,.*\0{8}\{"message":"Forbidden"\}$/);
    expect(await api.invoke(Buffer.from(JSON.stringify({ q: attack })))).toMatchObject({
      status: 'error',
      errorType: 'Ringfence.Refused',
    });
  },
);
