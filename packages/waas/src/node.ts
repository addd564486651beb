import { readFileSync } from 'node:fs';
import type { EngineSettings } from '@ringfence/policy/waas-section';
import { Engine } from './engine.ts';
import { readOptions, type WaasOptions } from './read-options.ts';

let module: WebAssembly.Module | undefined;

/** An engine by the settings of a compiled policy. Without settings all protections alert. */
export function loadEngine(settings?: EngineSettings): Engine {
  module ??= new WebAssembly.Module(readFileSync(new URL('../build/waas.wasm', import.meta.url)));
  return new Engine(module, settings);
}

/** An engine by this rule; what is left out has the policy's defaults. Throws a TypeError that names what is wrong with the options. */
export function createEngine(options?: WaasOptions): Engine {
  return loadEngine(readOptions(options));
}
