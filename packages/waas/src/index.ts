export { type ProtectionClass, protectionClasses } from './classes.ts';
export { type Decision, Engine, type Inspection, type Surroundings, type Verdict } from './engine.ts';
export { loadEngine } from './node.ts';
export { type EngineSettings, encodeSettings, type WaasEffect, waasEffects } from './settings.ts';
