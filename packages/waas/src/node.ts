import { readFile } from 'node:fs/promises';
import { Engine } from './engine.ts';

/** The engine as built beside this file. */
export async function loadEngine(): Promise<Engine> {
  return Engine.load(await readFile(new URL('../build/waas.wasm', import.meta.url)));
}
