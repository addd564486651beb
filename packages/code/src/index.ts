export type { Check } from './flow/checks.ts';
export { Interpreter } from './flow/interpreter.ts';
export type { Listener, OutsideCall, Safety } from './flow/listener.ts';
export { makeProgram, type Program } from './flow/program.ts';
export {
  type Closure,
  concatenate,
  constantOf,
  isUnknown,
  join,
  memberOf,
  ofFields,
  ofSymbol,
  ofText,
  type Place,
  type Taint,
  type TextPart,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './flow/value.ts';
export { longestSource, readModule } from './read-module.ts';
export { languageOf, SOURCE_LANGUAGES, type SourceLanguage } from './source-language.ts';
export type * from './syntax/module.ts';
export { type PlainNode, readPlainTree } from './syntax/plain-tree.ts';
