import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenFunction, openFunction } from '../../apps/cli/src/run/open-function.ts';
import { ringfence } from '../ringfence.ts';

// Ways to write an attack so that what judges it and what runs it might read it differently. Whichever the function would understand,
// it must not get it.
const attack = "x' OR '1'='1' UNION SELECT password FROM users --";
const inJson = JSON.stringify({ q: attack });
const endless = `${'%25'.repeat(50_000)}&#37;+\\x25`;
const clean = JSON.stringify({ q: 'anna' });

const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const request = (body: string, headers: object = {}, isBase64Encoded = false) =>
  JSON.stringify({
    resource: '/users',
    httpMethod: 'POST',
    path: '/users',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    isBase64Encoded,
    requestContext: { identity: { sourceIp: '192.0.2.1' } },
  });
const compressed = (bytes: Buffer, encoding: string) =>
  request(base64(bytes), { 'content-encoding': encoding }, true);
const record = (body: string, index = 0) => ({ messageId: `id-${index}`, eventSource: 'aws:sqs', body });
const records = (...bodies: string[]) => JSON.stringify({ Records: bodies.map(record) });

const ways: [string, string | Buffer][] = [
  ['a byte order mark', `\ufeff${inJson}`],
  ['a byte order mark in the body', request(`\ufeff${inJson}`)],
  ['UTF-16', utf16(request(inJson))],
  ['a body in UTF-16', request(base64(utf16(inJson)), {}, true)],
  ['a member twice, the first', `{"q":${JSON.stringify(attack)},"q":"anna"}`],
  ['a member twice, the second', `{"q":"anna","q":${JSON.stringify(attack)}}`],
  ['a body twice', request('{}').replace('"body":', `"body":${JSON.stringify(inJson)},"body":`)],
  ['900 levels', `${'['.repeat(900)}${JSON.stringify(attack)}${']'.repeat(900)}`],
  ['100,000 levels', `${'['.repeat(100_000)}${JSON.stringify(attack)}${']'.repeat(100_000)}`],
  ['no JSON', `{"q":${JSON.stringify(attack)}`],
  ['text behind the JSON', `${clean}${inJson}`],
  ['escapes', inJson.replace(/[A-Z']/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)],
  ['a name', JSON.stringify({ [attack]: 1 })],
  ['gzip', compressed(gzipSync(inJson), 'gzip')],
  ['gzip twice', compressed(gzipSync(gzipSync(inJson)), 'gzip, gzip')],
  ['deflate within gzip', compressed(gzipSync(deflateSync(inJson)), 'deflate, gzip')],
  ['gzip that was cut off', compressed(gzipSync(inJson).subarray(0, -8), 'gzip')],
  ['behind what decodes for ever', request(JSON.stringify({ a: endless, q: attack }))],
  ['behind 5 MB', request(JSON.stringify({ a: 'hay '.repeat(1_250_000), q: attack }))],
  ['records twice', records('hay').replace(/\}$/, `,"Records":[${JSON.stringify(record(attack))}]}`)],
  ['beside the records', records('hay').replace(/\}$/, `,"q":${JSON.stringify(attack)}}`)],
];

describe.each([
  ['nodejs20.x', 'node', 'index.handler'],
  ['python3.11', 'python', 'app.handler'],
] as const)('%s', (runtime, folder, handler) => {
  let work: string;
  let target: OpenFunction;
  let calls = 0;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'ringfence-evasion-'));
    const policy = join(work, 'policy.yaml');
    writeFileSync(policy, 'version: 1\nwaas: { rules: [{ name: all, effect: prevent }] }\n');
    const output = join(work, 'protected');
    const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    const embedded = await ringfence([
      ...['embed', `e2e/waas/functions/${folder}`, '--function', 'shows', '--region', 'eu-west-1'],
      ...['--runtime', runtime, '--arch', arch, '--policy', policy, '-o', output],
    ]);
    expect(embedded).toMatchObject({ code: 0 });
    target = await openFunction({
      package: output,
      functionName: 'shows',
      region: 'eu-west-1',
      runtime,
      handler,
      timeoutSeconds: 20,
      like: 'container',
    });
  }, 60_000);

  afterAll(async () => {
    await target?.close();
    rmSync(work, { recursive: true, force: true });
  });

  const invoke = async (event: string | Buffer) => {
    const { errorType, payload } = await target.invoke(Buffer.from(event));
    return { errorType, body: JSON.parse(payload.toString() || 'null') };
  };

  test.each(ways)('%s: the function is not called', { timeout: 30_000 }, async (_, event) => {
    const { errorType, body } = await invoke(event);
    expect([403, 'Ringfence.Refused']).toContain(body.statusCode ?? errorType);
    expect(await invoke(clean)).toMatchObject({ body: { calls: ++calls } });
  });

  test('a record that decodes for ever hides no other', { timeout: 30_000 }, async () => {
    const { body } = await invoke(records(endless, attack, 'hay'));
    expect(body).toMatchObject({ calls: ++calls, batchItemFailures: [{ itemIdentifier: 'id-1' }] });
    expect(JSON.stringify(body.event)).not.toContain('UNION');
  });
});
