import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type EngineSettings, encodeSettings } from '@ringfence/policy/waas-section';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { needleSettings } from '../../../packages/waas/src/test-settings.ts';
import { buildProxyHost, openRaw, type ProxyHost, startProxy } from './proxy-host.ts';

const version = '/2018-06-01/runtime';
const settings = needleSettings({ patterns: [{ name: 'needle', match: '*x needle*' }] });

let executable: string;
let proxy: ProxyHost;
const ends: (() => unknown)[] = [];

beforeAll(() => {
  executable = buildProxyHost();
});

afterEach(async () => {
  await proxy.stop();
  for (const end of ends.splice(0)) end();
});

interface Told {
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** How the Runtime API writes an event into its response. */
type Framing = 'length' | 'chunks' | 'until-close' | 'close-after';

/** A Runtime API that hands out these events (request ids `event-0`, …), and keeps what it is told. */
class Api {
  readonly told: Told[] = [];
  readonly server: Server;
  #events: Buffer[];
  readonly #framing: Framing;
  /** What is odd about the response with the first event. */
  readonly odd: { status?: number; headers?: Record<string, string> } = {};
  #handedOut = 0;

  constructor(events: (string | Buffer)[], framing: Framing = 'length') {
    this.#events = events.map((event) => Buffer.from(event));
    this.#framing = framing;
    this.server = createServer(async (request, response) => {
      const url = request.url ?? '';
      if (url === `${version}/invocation/next`) return this.#handOut(response);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.told.push({ url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(202, { 'content-length': '0' }).end();
    });
  }

  #handOut(response: ServerResponse) {
    const event = this.#events.shift();
    if (!event) return; // the runtime waits
    response.setHeader('Lambda-Runtime-Aws-Request-Id', `event-${this.#handedOut++}`);
    response.setHeader('Content-Type', 'application/json');
    const { status = 200, headers = {} } = this.#handedOut === 1 ? this.odd : {};
    response.statusCode = status;
    response.setHeaders(new Map(Object.entries(headers)));
    if (this.#framing === 'length') return response.setHeader('Content-Length', event.length).end(event);
    if (this.#framing === 'close-after')
      return response.setHeader('Content-Length', event.length).setHeader('Connection', 'close').end(event);
    if (this.#framing === 'until-close') {
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
    }
    for (let at = 0; at < event.length; at += 1000) response.write(event.subarray(at, at + 1000));
    return response.end();
  }
}

async function start(api: Api, changes: Partial<EngineSettings> = {}, program = executable) {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-waas-'));
  writeFileSync(join(folder, 'section'), encodeSettings({ ...settings, ...changes }));
  api.server.listen(0, '127.0.0.1');
  await once(api.server, 'listening');
  ends.push(() => {
    api.server.closeAllConnections();
    api.server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { port } = api.server.address() as AddressInfo;
  proxy = await startProxy(program, port, undefined, join(folder, 'section'));
}

/** Asks for the next event as a runtime does. */
async function askNext() {
  const response = await fetch(`http://127.0.0.1:${proxy.port}${version}/invocation/next`);
  return {
    id: response.headers.get('lambda-runtime-aws-request-id'),
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
}

const respond = (id: string, body: string, kind = 'response') =>
  fetch(`http://127.0.0.1:${proxy.port}${version}/invocation/${id}/${kind}`, { method: 'POST', body });

const http = (body: string) => JSON.stringify({ httpMethod: 'POST', body });
const sqs = (...bodies: string[]) =>
  JSON.stringify({
    Records: bodies.map((body, i) => ({ messageId: `id-${i}`, eventSource: 'aws:sqs', body })),
  });
const framings: Framing[] = ['length', 'chunks', 'until-close', 'close-after'];
const sizes: [string, number][] = [
  ['one of 1 KB', 1000],
  ['one of 64 KB', 65_536],
  ['one of 6 MB', 6_291_000],
];

describe.each(framings)('an event that comes by %s', (framing) => {
  it.each(sizes)('passes byte for byte: %s', { timeout: 30_000 }, async (_, size) => {
    const event = Buffer.from(http('lorem ipsum '.repeat(size / 12)));
    await start(new Api([event], framing));
    const { id, body } = await askNext();
    expect(id).toBe('event-0');
    expect(body.equals(event)).toBe(true);
    expect(proxy.lines).toEqual(['ready', 'started event-0']);
  });

  it('is answered in the place of the function, which gets the next one', async () => {
    const api = new Api([http('x needle'), http('hay'), http('x needle')], framing);
    await start(api);
    expect((await askNext()).body.toString()).toBe(http('hay'));
    const [told] = api.told;
    expect(told?.url).toBe(`${version}/invocation/event-0/response`);
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ statusCode: 403, body: 'Forbidden' });
    expect(proxy.lines.map((line) => line.replace(/ \{.*/, ''))).toEqual([
      'ready',
      'started event-0',
      'waas',
      'ended event-0',
      'started event-1',
    ]);
  });

  it('is failed, where nobody can be answered', async () => {
    const api = new Api(['{"a":"x needle"}', '{"a":"hay"}'], framing);
    await start(api);
    expect((await askNext()).id).toBe('event-1');
    expect(api.told[0]).toMatchObject({
      url: `${version}/invocation/event-0/error`,
      headers: { 'lambda-runtime-function-error-type': 'Ringfence.Refused' },
    });
    expect(JSON.parse(api.told[0]?.body ?? '').errorType).toBe('Ringfence.Refused');
  });

  it('is a batch: the function gets the clean records, and its response the failures', async () => {
    const api = new Api([sqs('hay', 'x needle', 'straw')], framing);
    await start(api);
    const { id, body, headers } = await askNext();
    expect(JSON.parse(body.toString()).Records.map((record: { body: string }) => record.body)).toEqual([
      'hay',
      'straw',
    ]);
    expect(headers.get('content-length')).toBe(`${body.length}`);
    await respond(id ?? '', '{"batchItemFailures":[{"itemIdentifier":"id-2"}]}');
    expect(JSON.parse(api.told[0]?.body ?? '')).toEqual({
      batchItemFailures: [{ itemIdentifier: 'id-1' }, { itemIdentifier: 'id-2' }],
    });
    expect(proxy.lines.at(-1)).toBe('ended event-0');
  });
});

it('all refused events of a row are answered over one connection of the runtime', async () => {
  const api = new Api([...Array.from({ length: 200 }, () => http('x needle')), http('hay')]);
  await start(api);
  expect((await askNext()).id).toBe('event-200');
  expect(api.told).toHaveLength(200);
  expect(proxy.lines.filter((line) => line.startsWith('ended'))).toHaveLength(200);
});

it('a response that is sent in chunks after a 100 is merged, too', async () => {
  const api = new Api([sqs('hay', 'x needle')]);
  await start(api);
  await askNext();
  const client = openRaw(proxy.port);
  client.socket.write(
    `POST ${version}/invocation/event-0/response HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n`,
  );
  await client.until('100 Continue');
  client.socket.write('2\r\n{}\r\n0\r\n\r\n');
  await client.until('202');
  client.socket.end();
  expect(api.told[0]?.headers).not.toHaveProperty('expect');
  expect(JSON.parse(api.told[0]?.body ?? '')).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-1' }] });
});

it('an error of the function goes as it is, and fails the whole batch', async () => {
  const api = new Api([sqs('hay', 'x needle')]);
  await start(api);
  await askNext();
  await respond('event-0', '{"errorMessage":"no"}', 'error');
  expect(api.told[0]).toMatchObject({ body: '{"errorMessage":"no"}' });
});

it('what only alerts passes and is told', async () => {
  await start(new Api([http('x needle')]), { effects: { custom: 'alert' } });
  expect((await askNext()).body.toString()).toBe(http('x needle'));
  const detail = JSON.parse(proxy.lines.find((line) => line.startsWith('waas'))?.slice(5) ?? '');
  expect(detail).toMatchObject({
    requestId: 'event-0',
    decision: 'pass',
    trigger: 'rest-api',
    verdicts: [{ class: 'custom', effect: 'alert', path: 'body' }],
    leftOut: 0,
    incomplete: false,
  });
});

describe('an event that is longer than what can be held', () => {
  const long = Buffer.from(http('hay '.repeat(2_500_000)));

  it.each(framings)('passes by onError open: %s', { timeout: 30_000 }, async (framing) => {
    await start(new Api([long], framing));
    expect((await askNext()).body.equals(long)).toBe(true);
    expect(proxy.lines.at(-1)).toContain('"incomplete":true');
  });

  it.each(framings)('is refused by onError closed: %s', { timeout: 30_000 }, async (framing) => {
    const api = new Api([long, http('hay')], framing);
    await start(api, { onError: 'closed' });
    expect((await askNext()).body.toString()).toBe(http('hay'));
    expect(api.told[0]?.url).toBe(`${version}/invocation/event-0/error`);
  });
});

describe('an event that makes the engine give up (it has 4 MB of memory here)', () => {
  let small: string;
  const heavy = http('hay '.repeat(1_000_000));
  beforeAll(() => {
    small = buildProxyHost('proxy-host-small', ['ENGINE_MOST=4194304']);
  });

  it('passes by onError open, and the next one is judged by a new engine', async () => {
    const api = new Api([heavy, http('x needle'), http('hay')]);
    await start(api, {}, small);
    const { id, body } = await askNext();
    expect(body.toString() === heavy).toBe(true);
    expect(proxy.lines.at(-1)).toContain('"trigger":"unknown"');
    await respond(id ?? '', 'null');
    expect((await askNext()).body.toString()).toBe(http('hay'));
    expect(api.told[1]?.url).toBe(`${version}/invocation/event-1/response`);
  });

  it('is refused by onError closed', async () => {
    const api = new Api([heavy, http('hay')]);
    await start(api, { onError: 'closed' }, small);
    expect((await askNext()).body.toString()).toBe(http('hay'));
    expect(JSON.parse(api.told[0]?.body ?? '')).toMatchObject({ errorType: 'Ringfence.Refused' });
  });

  it('fails the whole batch when it is the response that is too large to be merged', async () => {
    const api = new Api([sqs('hay', 'x needle')]);
    await start(api, {}, small);
    await askNext();
    await respond('event-0', JSON.stringify({ note: 'hay '.repeat(1_000_000) }));
    expect(JSON.parse(api.told[0]?.body ?? '')).toEqual({ batchItemFailures: [{ itemIdentifier: '' }] });
  });
});

it('an event that comes with another status of success is judged, too', async () => {
  const api = new Api([http('x needle'), http('hay')]);
  api.odd.status = 201;
  await start(api);
  expect((await askNext()).id).toBe('event-1');
});

it.each(['open', 'closed'] as const)(
  'an event that comes compressed is judged by nobody: onError %s decides',
  async (onError) => {
    const api = new Api([gzipSync(http('x needle')), http('hay')]);
    api.odd.headers = { 'content-encoding': 'gzip' };
    await start(api, { onError });
    const passed = onError === 'open' ? http('x needle') : http('hay');
    expect((await askNext()).body.toString()).toBe(passed);
    expect(proxy.lines.join()).toContain('"trigger":"unknown"');
  },
);

it('garbage is judged as text, and passes as it came', async () => {
  const garbage = [
    '',
    '{',
    '"',
    '\u0000',
    '[[[[',
    `{"a":${'['.repeat(10_000)}`,
    Buffer.from([0xff, 0xfe, 0x80]),
  ];
  const api = new Api(garbage);
  await start(api);
  for (const event of garbage) {
    const { id, body } = await askNext();
    expect(body.equals(Buffer.from(event))).toBe(true);
    await respond(id ?? '', 'null');
  }
});

it('a runtime that goes away while its event is judged leaves the refusal whole', async () => {
  const api = new Api([http('x needle')]);
  await start(api);
  const client = openRaw(proxy.port);
  client.socket.write(`GET ${version}/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n`);
  client.socket.end();
  await proxy.told('ended event-0');
  expect(api.told[0]?.url).toBe(`${version}/invocation/event-0/response`);
});

it('secrets in the evidence are masked', async () => {
  const event = http(`x needle password=hunter2&token:abc {"Authorization":"Bearer e30.x"} stays`);
  await start(new Api([event]), { effects: { custom: 'alert' } });
  await askNext();
  const told = proxy.lines.find((line) => line.startsWith('waas')) ?? '';
  expect(told).toContain('x needle password=***');
  expect(told).toContain('stays');
  expect(told).not.toMatch(/hunter2|abc|e30/);
});
