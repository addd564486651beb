import { languageOf, type SourceLanguage } from '@ringfence/code';
import { type PackageFiles, readOwnModules } from '@ringfence/scan';
import { findCompiledCalls } from './compiled/find-compiled-calls.ts';
import { readSources } from './compiled/read-sources.ts';
import { findSdkCalls } from './find-sdk-calls.ts';
import type { CodeCalls } from './sdk-call.ts';

const byRuntime: readonly [RegExp, SourceLanguage][] = [
  [/^nodejs/, 'javascript'],
  [/^python/, 'python'],
  [/^java/, 'java'],
  [/^dotnet/, 'csharp'],
  [/^go/, 'go'],
];

/** The language of a runtime; of one that runs anything, that of the sources. */
function languageIn(files: PackageFiles, runtime: string): SourceLanguage | undefined {
  const named = byRuntime.find(([pattern]) => pattern.test(runtime))?.[1];
  if (named || !/^provided/.test(runtime)) return named;
  const languages = new Set([...files.files.keys()].map(languageOf));
  return (['go', 'csharp', 'java'] as const).find((language) => languages.has(language));
}

/**
 * The calls of AWS's SDKs in a function's code.
 * @param handler as the function's settings name it
 * @param runtime such as nodejs22.x
 * @param parse reads the function's own modules
 * @param names what the function and its package are called
 * @param environment variables whose values are known
 * @param readCompiled reads sources in Java, Go or C#
 */
export async function findCalls(
  files: PackageFiles,
  handler?: string,
  runtime = 'nodejs',
  parse = readOwnModules,
  names: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  readCompiled = readSources,
): Promise<CodeCalls> {
  const language = languageIn(files, runtime);
  if (language === 'java' || language === 'go' || language === 'csharp')
    return findCompiledCalls(await readCompiled(files, language), language, handler, names, environment);
  if (language === undefined) return { calls: [], whole: false, notes: [`code for ${runtime} is not read`] };
  return findSdkCalls(files, handler, parse(files));
}
