import { readFile } from 'node:fs/promises';
import { toEngineSettings, WaasRule } from '@ringfence/policy/schema';
import { expect, it } from 'vitest';
import { examples } from './examples.ts';
import { judge } from './judge.ts';

const wasm = new URL('../../../../../packages/waas/build/waas.wasm', import.meta.url);
const module = await WebAssembly.compile(await readFile(wasm));
const settings = toEngineSettings(WaasRule.parse({ name: 'prevent', effect: 'prevent' }));

/** What each example is there to show. */
const shown: Record<string, [trigger: string | undefined, decision: string | undefined, classes: string[]]> =
  {
    'An order': ['http-api', 'pass', []],
    'SQL in a search': ['http-api', 'answer', ['sqli']],
    'A command in base64': ['function-url', 'answer', ['cmdi']],
    'One bad message of three': ['sqs', 'replace', ['xss']],
    'A name that leaves its folder': ['s3', 'error', ['lfi']],
    'A template that runs code': ['alb', 'answer', ['code']],
    'The way to credentials': ['direct', 'error', ['ssrf']],
    'One value': [undefined, undefined, ['sqli']],
  };

it.each(examples)('$name: $what', async ({ name, kind, text }) => {
  const { verdicts, event } = await judge(module, { kind, text, settings });
  const classes = [...new Set(verdicts.map((verdict) => verdict.class))];
  expect([event?.trigger, event?.decision.kind, classes]).toEqual(shown[name]);
  for (const { surroundings } of verdicts) expect(surroundings?.evidence).toBeTruthy();
});
