import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from './engine.ts';
import { loadEngine } from './index.ts';
import { needleSettings } from './test-settings.ts';

describe('takes an event', () => {
  const engine = loadEngine(needleSettings());
  const event = { a: ['x needle'] };
  const json = JSON.stringify(event);

  test.each([
    ['as an object', event],
    ['as JSON', json],
    ['as bytes', new TextEncoder().encode(json)],
  ])('%s', (_, given) => {
    expect(engine.inspectEvent(given).verdicts).toMatchObject([{ class: 'custom', path: 'a[0]' }]);
  });

  test('that is nothing', () => {
    for (const nothing of [null, '', {}, []]) expect(engine.inspectEvent(nothing).verdicts).toEqual([]);
  });

  test('that JSON can’t hold by throwing what JSON throws', () => {
    expect(() => engine.inspectEvent({ a: 1n })).toThrow(TypeError);
  });

  test('that was cut off, as one that is not fully judged', () => {
    const request = { httpMethod: 'GET', body: 'hay' };
    expect(engine.inspectEvent(request, 0, false)).toMatchObject({
      trigger: 'rest-api',
      incomplete: true,
      decision: { kind: 'pass' },
    });
    const closed = loadEngine(needleSettings({ onError: 'closed' }));
    expect(closed.inspectEvent(request, 0, false).decision.kind).toBe('answer');
    expect(closed.inspectEvent(request, 0, true).decision.kind).toBe('pass');
  });
});

describe('an engine that traps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-traps-'));
  let module: WebAssembly.Module;
  beforeAll(async () => {
    const source = fileURLToPath(new URL('../testdata/trapping-engine.ts', import.meta.url));
    const outFile = join(folder, 'traps.wasm');
    const { error, stderr } = await asc.main([
      source,
      ...['--outFile', outFile, '--runtime', 'stub', '--use', 'abort='],
      ...['--enable', 'bulk-memory'],
    ]);
    if (error) throw new Error(stderr.toString());
    module = new WebAssembly.Module(readFileSync(outFile));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['open', 'pass'],
    ['closed', 'error'],
  ] as const)('goes by onError, and is there for the next event: %s', (onError, kind) => {
    const engine = new Engine(module, needleSettings({ onError }));
    for (const event of ['trap', 'trap!'])
      for (let i = 0; i < 2; i++) {
        expect(engine.inspectEvent(event)).toMatchObject({
          verdicts: [],
          incomplete: true,
          decision: { kind },
        });
        expect(engine.inspectEvent('x needle')).toMatchObject({
          incomplete: false,
          decision: { kind: 'error' },
        });
      }
  });
});
