import { type OwnModules, type PackageFiles, readOwnModules } from '@ringfence/scan';
import { codeKey, type FunctionCode } from './find-code.ts';

/** The functions' own code as it was parsed, once for all that look at it and all functions in it. */
export class ParsedCode {
  readonly #parsed = new Map<string, Promise<OwnModules>>();

  /** @param files where the code is, opened */
  of(code: FunctionCode, files: PackageFiles): Promise<OwnModules> {
    const key = codeKey(code);
    const parsed = this.#parsed.get(key) ?? readOwnModules(files);
    this.#parsed.set(key, parsed);
    return parsed;
  }
}
