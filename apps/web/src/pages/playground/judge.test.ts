import { readFile } from 'node:fs/promises';
import { toEngineSettings, WaasRule } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { makeException } from '../../waas/make-exception.ts';
import { judge } from './judge.ts';

const wasm = new URL('../../../../../packages/waas/build/waas.wasm', import.meta.url);
const module = await WebAssembly.compile(await readFile(wasm));
const settingsOf = (rule: object) => toEngineSettings(WaasRule.parse({ name: 'rule', ...rule }));
const attack = "lamp' or 'a'='a";

describe('judge', () => {
  it('says where in the text the value begins, whatever stands before it', async () => {
    const text = JSON.stringify({ 'ä€😀': 1, search: attack });
    const { verdicts } = await judge(module, { kind: 'event', text, settings: settingsOf({}) });
    expect(text.slice(verdicts[0]?.place)).toMatch(/^"lamp/);
  });

  it('refuses again what bans its source', async () => {
    const text = JSON.stringify({
      httpMethod: 'GET',
      body: attack,
      requestContext: { identity: { sourceIp: '192.0.2.1' } },
    });
    const job = { kind: 'event' as const, text, settings: settingsOf({ effect: 'ban' }) };
    for (const { verdicts } of [await judge(module, job), await judge(module, job)])
      expect(verdicts.map((verdict) => [verdict.class, verdict.surroundings !== undefined])).toEqual([
        ['sqli', true],
      ]);
  });

  it('says what a queue gets for the records that were refused', async () => {
    const text = JSON.stringify({
      Records: ['hay', attack].map((body, id) => ({ messageId: `${id}`, eventSource: 'aws:sqs', body })),
    });
    const merged = async (records: string) =>
      (await judge(module, { kind: 'event', text, settings: settingsOf({ effect: 'prevent', records }) }))
        .event?.merged;
    expect(JSON.parse((await merged('retry')) ?? '')).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
    expect(await merged('drop')).toBeUndefined();
  });

  it('finds nothing where the exception of the verdict holds', async () => {
    const text = JSON.stringify({ list: [attack] });
    const first = await judge(module, { kind: 'event', text, settings: settingsOf({}) });
    const exceptions = first.verdicts.map(makeException);
    const second = await judge(module, { kind: 'event', text, settings: settingsOf({ exceptions }) });
    expect([first.verdicts.length, second.verdicts.length]).toEqual([1, 0]);
  });

  it('knows a text that is no JSON', async () => {
    const { isJson } = await judge(module, { kind: 'event', text: '{"a":', settings: settingsOf({}) });
    expect(isJson).toBe(false);
  });
});
