import { readFileSync } from 'node:fs';
import type { EngineSettings } from '@ringfence/policy/waas-section';
import { Engine } from './engine.ts';

let module: WebAssembly.Module | undefined;

/** An engine by the settings of a compiled policy. Without settings all protections alert. */
export function loadEngine(settings?: EngineSettings): Engine {
  module ??= new WebAssembly.Module(readFileSync(new URL('../build/waas.wasm', import.meta.url)));
  return new Engine(module, settings);
}
