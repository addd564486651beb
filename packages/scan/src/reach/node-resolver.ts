import { isBuiltin } from 'node:module';
import { asObject, asText, folderOf } from '../inventory/reader.ts';
import type { PackageFiles } from '../package-files.ts';
import { joinPath } from './join-path.ts';

const endings = ['', '.js', '.mjs', '.cjs', '.json', '.node', '.ts', '.mts', '.cts', '.tsx', '.jsx'];
const unused = new Set(['types', 'browser', 'deno', 'bun', 'worker', 'react-native', 'react-server']);

/** All files that an entry of `exports` or `imports` may mean, whatever the conditions: import and require alike. */
function targetsOf(entry: unknown, star: string, depth = 0): string[] {
  if (depth > 8) return [];
  if (typeof entry === 'string') return [entry.replaceAll('*', star)];
  if (Array.isArray(entry)) return entry.flatMap((each) => targetsOf(each, star, depth + 1));
  return Object.entries(asObject(entry)).flatMap(([condition, each]) =>
    unused.has(condition) ? [] : targetsOf(each, star, depth + 1),
  );
}

/** The targets of `key` in a map of subpaths, patterns included (nodejs.org, Packages). */
function lookUp(map: Record<string, unknown>, key: string): string[] {
  if (Object.hasOwn(map, key)) return targetsOf(map[key], '');
  return Object.entries(map).flatMap(([pattern, entry]) => {
    const [start = '', end = '', ...more] = pattern.split('*');
    const fits = pattern.includes('*') && more.length === 0 && key.length > pattern.length - 1;
    if (!fits || !key.startsWith(start) || !key.endsWith(end)) return [];
    return targetsOf(entry, key.slice(start.length, key.length - end.length));
  });
}

/** Finds the files that imports of JavaScript mean, as Node does, and the package of each. */
export class NodeResolver {
  readonly #files: PackageFiles['files'];
  readonly #manifests = new Map<string, Promise<Record<string, unknown>>>();

  constructor({ files }: PackageFiles) {
    this.#files = files;
  }

  /** Several where it depends on who asks. Empty for what Node brings along, and for what is not there. */
  async resolve(from: string, specifier: string): Promise<string[]> {
    if (/^\.{0,2}\/|^\.{1,2}$/.test(specifier)) return this.#fileAt(joinPath(folderOf(from), specifier));
    if (specifier.startsWith('#')) {
      const folder = this.#packageFolder(from);
      const { imports } = await this.#manifestOf(folder);
      return this.#below(folder, lookUp(asObject(imports), specifier));
    }
    const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
    const folder = isBuiltin(specifier) ? undefined : await this.#findPackage(folderOf(from), name);
    if (folder === undefined) return [];
    const { exports } = await this.#manifestOf(folder);
    const map = asObject(exports);
    const hasSubpaths = Object.keys(map).some((key) => key.startsWith('.'));
    const targets = hasSubpaths ? lookUp(map, `.${subpath}`) : subpath === '' ? targetsOf(exports, '') : [];
    if (targets.length > 0) return this.#below(folder, targets);
    return this.#fileAt(folder + subpath);
  }

  async #below(folder: string, targets: string[]): Promise<string[]> {
    const found = await Promise.all(
      [...new Set(targets)].map((target) => this.#fileAt(joinPath(folder, target))),
    );
    return found.flat();
  }

  async #fileAt(base: string | undefined): Promise<string[]> {
    if (base === undefined) return [];
    const bases = /\.[cm]?js$/.test(base) ? [base, base.replace(/js$/, 'ts')] : [base];
    const own = bases
      .flatMap((each) => endings.map((ending) => each + ending))
      .find((path) => this.#files.get(path)?.kind === 'file');
    if (own !== undefined) return [own];
    const main = asText((await this.#manifestOf(base)).main) ?? 'index';
    const inside = [joinPath(base, main), joinPath(`${base}/${main}`, 'index'), joinPath(base, 'index')];
    for (const each of inside)
      for (const ending of endings)
        if (each !== undefined && this.#files.get(each + ending)?.kind === 'file') return [each + ending];
    return [];
  }

  /** From the folder outwards, as Node looks; in a layer packages lie below nodejs. */
  async #findPackage(folder: string, name: string): Promise<string | undefined> {
    for (let above: string | undefined = folder; above !== undefined; above = joinPath(above, '..')) {
      const place = `${above === '' ? '' : `${above}/`}node_modules/${name}`;
      if (this.#files.has(`${place}/package.json`)) return place;
      const link = this.#files.get(place);
      if (link?.kind === 'symlink') return joinPath(folderOf(place), (await link.read()).toString());
    }
    const layer = `nodejs/node_modules/${name}`;
    return this.#files.has(`${layer}/package.json`) ? layer : undefined;
  }

  #packageFolder(from: string): string {
    let folder = folderOf(from);
    while (folder !== '' && !this.#files.has(`${folder}/package.json`)) folder = folderOf(folder);
    return folder;
  }

  #manifestOf(folder: string): Promise<Record<string, unknown>> {
    const known = this.#manifests.get(folder);
    if (known) return known;
    const file = this.#files.get(folder === '' ? 'package.json' : `${folder}/package.json`);
    // What cannot be read says nothing; the inventory notes it.
    const reading = (async () =>
      asObject(file ? JSON.parse((await file.read()).toString()) : undefined))().catch(() => ({}));
    this.#manifests.set(folder, reading);
    return reading;
  }
}
