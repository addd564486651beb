/** The languages whose code can be read. */
export const SOURCE_LANGUAGES = ['javascript', 'typescript', 'python', 'java', 'go', 'csharp'] as const;
export type SourceLanguage = (typeof SOURCE_LANGUAGES)[number];
