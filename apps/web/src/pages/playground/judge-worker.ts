import wasmAddress from '@ringfence/waas/waas.wasm?url';
import { type Job, type Judgement, judge } from './judge.ts';

/** What comes back for a job. */
export type Outcome = { judgement: Judgement } | { problem: string };

const engine = WebAssembly.compileStreaming(fetch(wasmAddress));

self.onmessage = async ({ data }: MessageEvent<Job>) => {
  let outcome: Outcome;
  try {
    outcome = { judgement: await judge(await engine, data) };
  } catch (error) {
    outcome = { problem: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(outcome);
};
