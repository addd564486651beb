export {
  type EngineSettings,
  encodeSettings,
  type ProtectionClass,
  protectionClasses,
  type WaasEffect,
  waasEffects,
} from '@ringfence/policy/waas-section';
export { type Decision, Engine, type Inspection, type Surroundings, type Verdict } from './engine.ts';
export { loadEngine } from './node.ts';
