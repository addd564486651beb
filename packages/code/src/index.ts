export { longestSource, readModule } from './read-module.ts';
export { languageOf, SOURCE_LANGUAGES, type SourceLanguage } from './source-language.ts';
export type * from './syntax/module.ts';
