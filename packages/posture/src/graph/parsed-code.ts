import { type OwnModules, type PackageFiles, readOwnModules } from '@ringfence/scan';
import { type CompiledLanguage, readSources, type Sources } from '../calls/compiled/read-sources.ts';
import { codeKey, type FunctionCode } from './find-code.ts';

/** The functions' own code as it was parsed, once for all that look at it and all functions in it. */
export class ParsedCode {
  readonly #parsed = new Map<string, Promise<OwnModules>>();

  readonly #sources = new Map<string, Promise<Sources>>();

  /** @param files where the code is, opened */
  of(code: FunctionCode, files: PackageFiles): Promise<OwnModules> {
    const key = codeKey(code);
    const parsed = this.#parsed.get(key) ?? readOwnModules(files);
    this.#parsed.set(key, parsed);
    return parsed;
  }

  /** Its sources in Java, Go or C#, with what they are built with. */
  sourcesOf(code: FunctionCode, files: PackageFiles, language: CompiledLanguage): Promise<Sources> {
    const key = `${language} ${codeKey(code)}`;
    const sources = this.#sources.get(key) ?? readSources(files, language);
    this.#sources.set(key, sources);
    return sources;
  }
}
