import type { ProtectionClass } from './classes.ts';
import { protectionClasses } from './classes.ts';
import type { Engine } from './engine.ts';
import { loadEngine } from './node.ts';
import type { EngineSettings, WaasEffect } from './settings.ts';

/** A WAAS rule in the words of the policy; what is left out has its defaults. */
export interface WaasOptions
  extends Partial<Pick<EngineSettings, 'onError' | 'records' | 'confidence' | 'patterns'>> {
  effect?: WaasEffect;
  protections?: Partial<Record<ProtectionClass, WaasEffect>>;
  response?: Partial<EngineSettings['response']>;
  banMinutes?: number;
}

/** An engine by this rule. */
export function createEngine(options: WaasOptions = {}): Engine {
  const { effect = 'alert', protections = {}, banMinutes = 10, response, ...rest } = options;
  return loadEngine({
    onError: 'open',
    records: 'retry',
    confidence: 70,
    patterns: [],
    ...rest,
    banSeconds: banMinutes * 60,
    exceptions: [],
    sources: { allow: [], deny: [] },
    response: { status: 403, type: 'application/json', body: '{"message":"Forbidden"}', ...response },
    effects: Object.fromEntries(protectionClasses.map((name) => [name, protections[name] ?? effect])),
  });
}
