import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadEngine } from './index.ts';
import { needleSettings } from './test-settings.ts';

const engine = await loadEngine(needleSettings());

const inspect = (bytes: Buffer) => engine.inspectEvent(JSON.stringify({ data: bytes.toString('base64') }));
const found = { class: 'custom', decoding: ['base64', 'gzip', 'json'], path: 'data' };

/** Texts of many repetitions and few, so that blocks of all kinds come of them. */
const texts = fc
  .array(fc.tuple(fc.string({ maxLength: 40 }), fc.integer({ min: 1, max: 400 })))
  .map((parts) => parts.map(([text, times]) => text.repeat(times)).join(''));
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});

test('whatever zlib compresses is read to its last byte', () => {
  fc.assert(
    fc.property(texts, options, (text, how) => {
      const { verdicts, incomplete } = inspect(gzipSync(JSON.stringify([text, 'x needle']), how));
      expect(incomplete).toBe(false);
      expect(verdicts).toMatchObject([{ ...found, path: 'data[1]' }]);
    }),
    { numRuns: 300 },
  );
});

test('all members of a gzip file are read, whatever their headers hold', () => {
  const flags = 4 | 8 | 16 | 2;
  const head = Buffer.from([
    0x1f,
    0x8b,
    8,
    flags,
    0,
    0,
    0,
    0,
    0,
    3,
    2,
    0,
    7,
    7,
    ...Buffer.from('a\0b\0'),
    0,
    0,
  ]);
  const member = Buffer.concat([head, deflateRawSync('"x needle"]'), Buffer.alloc(8)]);
  expect(inspect(Buffer.concat([gzipSync('["a",'), member])).verdicts).toMatchObject([
    { ...found, path: 'data[1]' },
  ]);
});

test.each<[string, (text: string) => Buffer]>([
  ['gzip, gzip', (text) => gzipSync(gzipSync(text))],
  ['deflate, gzip', (text) => gzipSync(deflateSync(text))],
  ['gzip, deflate', (text) => deflateSync(gzipSync(text))],
  ['deflate, deflate', (text) => deflateSync(deflateSync(text))],
])('what was compressed twice (%s) is read', (encoding, compress) => {
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
  const body = compress('{"a":"x needle"}').toString('base64');
  const event = { httpMethod: 'POST', headers, isBase64Encoded: true, body };
  expect(engine.inspectEvent(event)).toMatchObject({
    incomplete: false,
    verdicts: [{ path: 'body.a', decoding: ['base64', 'gzip', 'gzip', 'json'] }],
  });
});

test('what stays compressed is not judged, and said', () => {
  const headers = { 'content-encoding': 'br, gzip' };
  const body = gzipSync(brotliCompressSync('x needle')).toString('base64');
  const event = { httpMethod: 'POST', headers, isBase64Encoded: true, body };
  expect(engine.inspectEvent(event)).toMatchObject({ incomplete: true, verdicts: [] });
});

test('what comes before a fault is read', () => {
  const file = gzipSync(`x needle${'a'.repeat(1000)}`, { level: 0 });
  const whole = inspect(gzipSync('x needle')).verdicts;
  expect(whole).toMatchObject([{ decoding: ['base64', 'gzip'] }]);
  expect(inspect(gzipSync('["x needle"]').subarray(0, -9)).verdicts).toHaveLength(1);
  expect(inspect(file.subarray(0, 30)).verdicts).toHaveLength(0);
});

test('a bomb is given up, and said; what stands beside it is judged all the same', () => {
  const bomb = gzipSync(Buffer.alloc(64 << 20, ' ')).toString('base64');
  const { verdicts, incomplete } = engine.inspectEvent(JSON.stringify({ bomb, beside: 'x needle' }));
  expect(incomplete).toBe(true);
  expect(verdicts).toMatchObject([{ path: 'beside' }]);
});

test('CloudWatch Logs', () => {
  const messages = Array.from({ length: 2000 }, (_, id) => ({ id, message: `GET /orders/${id} 200` }));
  const logEvents = [...messages, { id: 1, message: 'x needle' }];
  const data = gzipSync(JSON.stringify({ owner: '1', logEvents })).toString('base64');
  const { verdicts, incomplete, trigger } = engine.inspectEvent(JSON.stringify({ awslogs: { data } }));
  expect(trigger).toBe('cloudwatch-logs');
  expect(incomplete).toBe(false);
  expect(verdicts).toMatchObject([{ path: 'awslogs.data.logEvents[2000].message' }]);
});

test('no bytes behind a header trap', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(texts, fc.nat(), fc.nat(255)).map(([text, place, byte]) => {
      const file = gzipSync(text).subarray(10);
      file[place % file.length] = byte;
      return file;
    }),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      inspect(Buffer.concat([gzipSync('').subarray(0, 10), body]));
    }),
    { numRuns: 2000 },
  );
});
