import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:convert';
let api: RuntimeApi;

beforeEach(async () => {
  api = await startRuntimeApi({
    functionArn,
    functionName: 'convert',
    handler: 'a.b',
    timeoutMs: 60_000,
    snapStart: true,
  });
});
afterEach(() => api.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  json: { errorType?: string };
}

/** Calls the API as a runtime would, with chunks and trailers of one's own. */
function call(
  line: string,
  { chunks = [], headers = {}, trailers, cut = false }: CallOptions = {},
): Promise<Answer> {
  const [method, path] = line.split(' ') as [string, string];
  const [host, port] = api.address.split(':') as [string, string];
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, method, path, headers, agent: false }, async (response) => {
      const body = await buffer(response);
      const json = response.headers['content-type'] === 'application/json' ? JSON.parse(String(body)) : {};
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body, json });
    });
    outgoing.on('error', reject);
    if (method === 'POST') for (const chunk of chunks.length > 0 ? chunks : ['']) outgoing.write(chunk);
    if (trailers) outgoing.addTrailers(trailers);
    if (cut) setTimeout(() => outgoing.destroy(), 50);
    else outgoing.end();
  });
}

interface CallOptions {
  chunks?: (string | Buffer)[];
  headers?: Record<string, string>;
  trailers?: Record<string, string>;
  cut?: boolean;
}

const prefix = '/2018-06-01/runtime';
const next = () => call(`GET ${prefix}/invocation/next`);
const answer = (id: string, what: string, options?: CallOptions) =>
  call(`POST ${prefix}/invocation/${id}/${what}`, options);

describe('an invocation', () => {
  test('is handed out with all documented headers, and its answer comes back', async () => {
    const before = Date.now();
    const result = api.invoke(Buffer.from('{"n":1}'), {
      requestId: 'r-1',
      clientContext: '{"c":1}',
      cognitoIdentity: '{"i":1}',
    });
    const event = await next();
    expect(event.status).toBe(200);
    expect(event.json).toEqual({ n: 1 });
    expect(event.headers).toMatchObject({
      'lambda-runtime-aws-request-id': 'r-1',
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-client-context': '{"c":1}',
      'lambda-runtime-cognito-identity': '{"i":1}',
    });
    expect(event.headers['lambda-runtime-trace-id']).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};/,
    );
    expect(Number(event.headers['lambda-runtime-deadline-ms'])).toBeGreaterThanOrEqual(before + 60_000);

    const accepted = await answer('r-1', 'response', {
      chunks: ['"done"'],
      headers: { 'Content-Type': 'application/json' },
    });
    expect(accepted).toMatchObject({ status: 202, json: { status: 'OK' } });
    expect(await result).toMatchObject({ status: 'ok', requestId: 'r-1', streamed: false });
    expect(String((await result).payload)).toBe('"done"');
  });

  test('waits until the runtime asks, and further ones keep their order', async () => {
    const results = ['1', '2', '3'].map((event) =>
      api.invoke(Buffer.from(event), { requestId: `r-${event}` }),
    );
    for (const event of ['1', '2', '3']) {
      expect(String((await next()).body)).toBe(event);
      await answer(`r-${event}`, 'response', { chunks: [event] });
    }
    expect((await Promise.all(results)).map(({ payload }) => String(payload))).toEqual(['1', '2', '3']);
  });

  test('ends in the error that the runtime tells', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    const accepted = await answer('r', 'error', {
      chunks: ['{"errorMessage":"no","errorType":"ValueError"}'],
      headers: { 'Lambda-Runtime-Function-Error-Type': 'Function.ValueError' },
    });
    expect(accepted.status).toBe(202);
    expect(await result).toMatchObject({ status: 'error', errorType: 'Function.ValueError' });
    expect(JSON.parse(String((await result).payload))).toEqual({
      errorMessage: 'no',
      errorType: 'ValueError',
    });
  });

  test('takes a response of 6 MB and 100 bytes, and answers 413 to one byte more', async () => {
    const limit = 6 * 1024 * 1024 + 100;
    const fits = api.invoke(Buffer.from('1'), { requestId: 'fits' });
    await next();
    expect((await answer('fits', 'response', { chunks: [Buffer.alloc(limit)] })).status).toBe(202);
    expect((await fits).payload.length).toBe(limit);

    const tooLarge = api.invoke(Buffer.from('1'), { requestId: 'large' });
    await next();
    expect((await answer('large', 'response', { chunks: [Buffer.alloc(limit + 1)] })).status).toBe(413);
    expect(await tooLarge).toMatchObject({ status: 'error', errorType: 'Function.ResponseSizeTooLarge' });
  });

  test('has one answer only: other ids and second answers are refused', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    const wrong = await answer('other', 'response');
    expect(wrong).toMatchObject({ status: 400, json: { errorType: 'InvalidRequestID' } });
    await answer('r', 'response', { chunks: ['1'] });
    const again = await answer('r', 'response', { chunks: ['2'] });
    expect(again).toMatchObject({ status: 403, json: { errorType: 'InvalidStateTransition' } });
    expect(String((await result).payload)).toBe('1');
  });

  test('must be answered before the next', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    expect(await next()).toMatchObject({ status: 403, json: { errorType: 'InvalidStateTransition' } });
    await answer('r', 'response');
    await result;
  });

  test('fails when the runtime does, also while it is being answered', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    answer('r', 'response', { chunks: ['half'], cut: true }).catch(() => {});
    api.failInvocations('Runtime.ExitError', 'Error: Runtime exited with error: exit status 1');
    expect(JSON.parse(String((await result).payload))).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: r Error: Runtime exited with error: exit status 1',
    });
  });
});

describe('a streamed response', () => {
  const streaming = {
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    'Content-Type': 'application/octet-stream',
  };

  test('may be larger than a buffered one', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    const chunks = Array.from({ length: 20 }, (_, index) => Buffer.alloc(1024 * 1024, index));
    expect((await answer('r', 'response', { chunks, headers: streaming })).status).toBe(202);
    expect(await result).toMatchObject({ status: 'ok', streamed: true });
    expect((await result).payload.equals(Buffer.concat(chunks))).toBe(true);
  });

  test('may end in an error, told in its trailers', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    const told = '{"errorMessage":"late","errorType":"Late"}';
    await answer('r', 'response', {
      chunks: ['begun'],
      headers: { ...streaming, Trailer: 'Lambda-Runtime-Function-Error-Type' },
      trailers: {
        'Lambda-Runtime-Function-Error-Type': 'Function.Late',
        'Lambda-Runtime-Function-Error-Body': Buffer.from(told).toString('base64'),
      },
    });
    expect(await result).toMatchObject({ status: 'error', errorType: 'Function.Late' });
    expect(String((await result).payload)).toBe(told);
  });

  test('that is cut off is an error', async () => {
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    answer('r', 'response', { chunks: ['begun'], headers: streaming, cut: true }).catch(() => {});
    expect(await result).toMatchObject({ status: 'error', errorType: 'Runtime.TruncatedResponse' });
  });
});

describe('before the first event', () => {
  test('an init error is kept, with its type', async () => {
    const told = '{"errorMessage":"no module","errorType":"ImportError"}';
    const accepted = await call(`POST ${prefix}/init/error`, {
      chunks: [told],
      headers: { 'Lambda-Runtime-Function-Error-Type': 'Runtime.ImportModuleError' },
    });
    expect(accepted.status).toBe(202);
    expect(await api.initOutcome).toEqual({
      ready: false,
      error: { errorType: 'Runtime.ImportModuleError', payload: Buffer.from(told) },
    });
  });

  test('the calls of SnapStart work', async () => {
    expect((await call(`GET ${prefix}/restore/next`)).status).toBe(200);
    expect(await api.initOutcome).toMatchObject({ ready: true });
    expect((await call(`POST ${prefix}/restore/error`, { chunks: ['{}'] })).status).toBe(202);
  });

  test('without SnapStart its calls are unknown, as is all else', async () => {
    const plain = await startRuntimeApi({
      functionArn,
      functionName: 'convert',
      handler: 'a.b',
      timeoutMs: 1000,
    });
    try {
      for (const path of [`${prefix}/restore/next`, '/', '/2018-06-01/other', '/2015-03-31/functions'])
        expect((await fetch(`http://${plain.address}${path}`)).status).toBe(404);
    } finally {
      await plain.close();
    }
  });
});

describe('an internal extension', () => {
  const register = (name: string, body: string) =>
    call('POST /2020-01-01/extension/register', {
      headers: { 'Lambda-Extension-Name': name },
      chunks: [body],
    });

  test('registers, gets the events, and is waited for', async () => {
    const registered = await register('telemetry', '{"events":["INVOKE"]}');
    expect(registered).toMatchObject({
      status: 200,
      json: { functionName: 'convert', functionVersion: '$LATEST', handler: 'a.b' },
    });
    const identifier = String(registered.headers['lambda-extension-identifier']);
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    let handedOut = false;
    const event = next().then((value) => {
      handedOut = true;
      return value;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(handedOut).toBe(false);

    const seen = await call('GET /2020-01-01/extension/event/next', {
      headers: { 'Lambda-Extension-Identifier': identifier },
    });
    expect(seen.json).toMatchObject({ eventType: 'INVOKE', requestId: 'r', invokedFunctionArn: functionArn });
    expect((await event).status).toBe(200);
    await answer('r', 'response');
    expect((await result).status).toBe('ok');
  });

  test('may not ask for SHUTDOWN, come late, or be unknown', async () => {
    expect((await register('a', '{"events":["SHUTDOWN"]}')).json.errorType).toBe(
      'Extension.InvalidEventType',
    );
    expect((await register('a', 'rubbish')).json.errorType).toBe('Extension.InvalidRequestFormat');
    expect((await register('', '{"events":[]}')).json.errorType).toBe('Extension.InvalidExtensionName');
    const unknown = await call('GET /2020-01-01/extension/event/next', {
      headers: { 'Lambda-Extension-Identifier': 'x' },
    });
    expect(unknown.status).toBe(403);
    const result = api.invoke(Buffer.from('1'), { requestId: 'r' });
    await next();
    expect((await register('late', '{"events":[]}')).json.errorType).toBe('Extension.RegistrationClosed');
    await answer('r', 'response');
    await result;
  });
});
