import { folderOf } from '../inventory/reader.ts';
import type { PackageFiles } from '../package-files.ts';

/** Finds the files that imports of Python mean: from the root, `src`, a layer's `python`, site-packages, and beside the file. */
export class PythonResolver {
  readonly #byModule = new Map<string, string>();
  readonly #roots: string[];

  constructor({ files }: PackageFiles) {
    const roots = new Set(['', 'src', 'python']);
    for (const { path, kind } of files.values()) {
      if (kind !== 'file') continue;
      // a/b.py, a/b/__init__.py and a/b.cpython-312-x86_64-linux-gnu.so are the module a/b.
      const module = /^(.+?)(?:\/__init__)?(?:\.py|\.[\w.-]*so|\.so)$/.exec(path)?.[1];
      if (module !== undefined && !this.#byModule.has(module)) this.#byModule.set(module, path);
      const installed = /^(?:.*\/)?(?:site|dist)-packages(?=\/)/.exec(path)?.[0];
      if (installed !== undefined) roots.add(installed);
    }
    this.#roots = [...roots];
  }

  /** The module, and the packages around it, whose __init__ runs as well. */
  resolve(from: string, specifier: string): string[] {
    const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
    const steps = name === '' ? [] : name.split('.');
    if (dots !== '') {
      let folder = folderOf(from);
      for (let i = 1; i < dots.length; i++) folder = folderOf(folder);
      return this.#modulesAt(folder, steps);
    }
    for (const root of [...this.#roots, folderOf(from)]) {
      const found = this.#modulesAt(root, steps);
      if (found.length > 0) return found;
    }
    return [];
  }

  #modulesAt(root: string, steps: string[]): string[] {
    const at = (count: number) => [...(root === '' ? [] : [root]), ...steps.slice(0, count)].join('/');
    return [0, ...steps.keys()].flatMap((_, index) => this.#byModule.get(at(index)) ?? []);
  }
}
