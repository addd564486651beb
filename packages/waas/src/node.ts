import { readFile } from 'node:fs/promises';
import type { EngineSettings } from '@ringfence/policy/waas-section';
import { Engine } from './engine.ts';

/** The engine as built beside this file. Without settings all protections alert. */
export async function loadEngine(settings?: EngineSettings): Promise<Engine> {
  return Engine.load(await readFile(new URL('../build/waas.wasm', import.meta.url)), settings);
}
