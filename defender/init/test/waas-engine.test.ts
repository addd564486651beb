import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type EngineSettings, encodeSettings, protectionClasses } from '@ringfence/policy/waas-section';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { developmentStrings } from '../../../packages/waas/bench/development-strings.ts';
import { frameEvents } from './frame-events.ts';
import { buildWaasHost, NOW } from './waas-host.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const strings = developmentStrings();

const settings: EngineSettings = {
  onError: 'closed',
  records: 'retry',
  confidence: 70,
  response: { status: 418, type: 'text/html', body: '<p>no "way"</p>' },
  banSeconds: 60,
  effects: Object.fromEntries(protectionClasses.map((name, i) => [name, i % 3 === 0 ? 'prevent' : 'alert'])),
  sources: { allow: [], deny: [] },
  exceptions: [{ classes: ['xss'], field: 'body.html', sources: [] }],
  patterns: [{ name: 'needle', match: '*x needle*' }],
  shapes: [
    {
      method: 'POST',
      path: '/orders/{id}',
      parameters: [{ in: 'path', name: 'id', required: true, type: 'integer' }],
      body: {
        required: true,
        other: 'deny',
        json: { type: 'object', properties: { n: { type: 'number', maximum: 0.1 } }, additional: 'deny' },
      },
    },
  ],
};

let host: ReturnType<typeof buildWaasHost>;
beforeAll(() => {
  host = buildWaasHost();
});
afterAll(() => host.remove());

/** The same by Node, byte for byte: the WebAssembly's own exports, nothing parsed. */
async function judgeInNode(events: Buffer[]): Promise<Buffer> {
  const wasm = readFileSync(path('../../../packages/waas/build/waas.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm);
  const exports = instance.exports as unknown as Record<string, (...args: number[]) => number> & {
    memory: WebAssembly.Memory;
  };
  const call = (name: string, ...args: number[]) => exports[name]?.(...args) ?? 0;
  const write = (bytes: Uint8Array) => {
    const at = call('input', bytes.length);
    new Uint8Array(exports.memory.buffer).set(bytes, at);
  };
  const read = (name: string) => {
    const at = call(name);
    return Buffer.from(exports.memory.buffer.slice(at, at + call(`${name}Size`)));
  };
  const configured = encodeSettings(settings);
  write(configured);
  expect(call('configure', configured.length)).toBe(1);
  return Buffer.concat(
    events.flatMap((event) => {
      write(event);
      const verdicts = call('inspectEvent', event.length, NOW);
      const head = Buffer.from(`${call('decided')} ${verdicts} ${call('isIncomplete')}\n`);
      const parts = ['answer', 'failures', 'output'].map(read);
      return [head, ...parts.flatMap((part) => [part, Buffer.from('\n')])];
    }),
  );
}

const expectSame = async (events: Buffer[]) => {
  const native = host.judge(encodeSettings(settings), events);
  const inNode = await judgeInNode(events);
  expect(native.equals(inNode)).toBe(true);
  return native.toString();
};

const http = (body: unknown) => ({
  httpMethod: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  requestContext: { identity: { sourceIp: '192.0.2.7' } },
});
const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, i) => ({ messageId: `id-${i}`, eventSource: 'aws:sqs', body })),
});

const cases: [why: string, event: unknown][] = [
  ['harmless', http({ name: 'Anna', note: 'a; b | c' })],
  ['an attack behind two encodings', http({ q: '%2527%20or%201%3D1--%20' })],
  ['one that only alerts', http({ cmd: '`id`; cat /etc/passwd' })],
  ['an excepted field', http({ html: '<script>alert(1)</script>' })],
  ['a batch of which a part is refused', sqs('hay', "1' or '1'='1", 'straw')],
  ['a batch of which all is refused', sqs("1' or '1'='1")],
  ['a custom pattern in a direct invocation', { a: [{ b: 'x needle' }] }],
  ['no JSON', "x' union select password from users--"],
  ['nothing', ''],
  ['JSON that is cut short', '{"Records":[{"eventSource":"aws:sqs","body":"'],
  ['deep nesting', `${'['.repeat(5000)}"' or 1=1--"${']'.repeat(5000)}`],
  [
    'bytes that are no UTF-8',
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d]),
  ],
  ['more decoding than is done', http(`${'%25'.repeat(50_000)}&#37;+\\x25`)],
  ['a request that has its shape', { ...http({ n: 1e-1 }), path: '/orders/7' }],
  ['a request that has not', { ...http({ n: 1.5e300, m: 1 }), path: '/orders/x' }],
  ['many records', sqs(...Array.from({ length: 3000 }, (_, i) => (i % 2 ? 'x needle' : 'hay')))],
  ['six megabytes', http({ text: 'lorem ipsum dolor '.repeat(330_000) })],
];

const bytesOf = (event: unknown) =>
  Buffer.isBuffer(event) ? event : Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));

test.each(cases)('natively and in Node the same: %s', async (_, event) => {
  await expectSame([bytesOf(event)]);
});

test('all of them one after the other, with what is kept between events', { timeout: 60_000 }, async () => {
  const said = await expectSame([...cases, ...cases].map(([, event]) => bytesOf(event)));
  expect(said).toContain('"class":"sqli"');
  expect(said).toContain('"class":"shape"');
});

test.skipIf(!strings)(
  `all development strings, as texts and in events${strings ? '' : ' (../shared/waas is absent)'}`,
  { timeout: 180_000 },
  async () => {
    const texts = strings?.map(({ text }) => text) ?? [];
    await expectSame(texts.map((text) => Buffer.from(text)));
    await expectSame(texts.map((text) => bytesOf(http({ text }))));
  },
);

test('a section that the engine does not take is refused', () => {
  const { stderr } = host.run(encodeSettings(settings).subarray(0, 40), Buffer.alloc(0));
  expect(stderr.toString()).toContain('the section is none that the engine takes');
});

test('an engine that reads beyond its memory is stopped, starts anew, and judges', () => {
  const event = bytesOf(http({ q: "1' or '1'='1" }));
  const { stdout, stderr, status } = host.run(encodeSettings(settings), frameEvents([event]), '--beyond');
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  expect(stdout.equals(host.judge(encodeSettings(settings), [event]))).toBe(true);
});
