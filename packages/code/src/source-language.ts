/** The languages whose code can be read. */
export const SOURCE_LANGUAGES = ['javascript', 'typescript', 'python', 'java', 'go', 'csharp'] as const;
export type SourceLanguage = (typeof SOURCE_LANGUAGES)[number];

const byEnding: Record<string, SourceLanguage> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  py: 'python',
  java: 'java',
  go: 'go',
  cs: 'csharp',
};

/** By the file's ending; undefined for what is no source of a language that is read, declarations of types included. */
export function languageOf(path: string): SourceLanguage | undefined {
  if (/\.d\.[cm]?ts$/.test(path)) return undefined;
  return byEnding[/\.([a-z]+)$/.exec(path)?.[1] ?? ''];
}
