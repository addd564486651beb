export { type ProtectionClass, protectionClasses } from './classes.ts';
export { Engine, type Verdict } from './engine.ts';
export { loadEngine } from './node.ts';
