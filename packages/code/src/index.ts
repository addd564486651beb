export type { SourceLanguage } from './source-language.ts';
