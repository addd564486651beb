import type { Engine, Inspection, Verdict } from './engine.ts';
import { createEngine } from './node.ts';

export type { ProtectionClass, WaasEffect } from '@ringfence/policy/waas-section';
export type { Decision, Engine, Inspection, Surroundings, Verdict } from './engine.ts';
export { createEngine, loadEngine } from './node.ts';
export type { WaasOptions } from './read-options.ts';

let engine: Engine | undefined;

/**
 * Judges an event by a rule that alerts on everything, in the engine that all calls share; `createEngine` makes one with a rule of
 * your own. An event is JSON (text or bytes), or what becomes JSON. Throws a TypeError for an object that JSON can't hold.
 */
export function inspect(event: string | Uint8Array | object | null): Inspection {
  engine ??= createEngine();
  return engine.inspectEvent(event);
}

/** Judges one value alone, as a handler would receive it: the surest verdict of each class, or none. */
export function inspectText(text: string): Verdict[] {
  engine ??= createEngine();
  return engine.inspectText(text);
}
