import { Engine } from './engine.ts';
import { readOptions, type WaasOptions } from './read-options.ts';

export type { Decision, Engine, Inspection, Surroundings, Verdict } from './engine.ts';
export type { WaasOptions } from './read-options.ts';

/**
 * An engine by this rule, for browsers and what else has `fetch`. Rejects with a TypeError that names what is wrong with the options,
 * or with an Error where the WebAssembly is not found.
 * @param wasm Where `waas.wasm` lies; bundlers find it by themselves.
 */
export async function createEngine(
  options?: WaasOptions,
  wasm: string | URL = new URL('../build/waas.wasm', import.meta.url),
): Promise<Engine> {
  const settings = readOptions(options);
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`there is no engine at ${wasm}: the server answered ${response.status}`);
  return Engine.load(await response.arrayBuffer(), settings);
}
