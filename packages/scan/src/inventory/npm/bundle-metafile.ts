import { asObject, asText, type InventoryReader } from '../reader.ts';
import { bundledPackages } from './bundled-packages.ts';
import { packageInPath } from './package-in-path.ts';

/** Modules of webpack's stats; joined ones lie in a module. */
function moduleNames(modules: unknown): string[] {
  const names: string[] = [];
  const waiting = [modules];
  for (const list of waiting)
    for (const each of Array.isArray(list) ? list : []) {
      const { name, modules } = asObject(each);
      names.push(asText(name) ?? '');
      waiting.push(modules);
    }
  return names;
}

/** What bundlers write about their output: esbuild's metafile (inputs, outputs) and webpack's stats (modules). */
export const bundleMetafile: InventoryReader = {
  matches: (path) =>
    /(^|[/._-])(meta|metafile|stats)\.json$/.test(path) && !/(^|\/)node_modules\//.test(path),
  read(bytes, path) {
    const { inputs, outputs, modules, chunks } = asObject(JSON.parse(bytes.toString('utf8')));
    const isEsbuild = inputs !== undefined && outputs !== undefined;
    const joined = Array.isArray(chunks) ? chunks.flatMap((chunk) => asObject(chunk).modules ?? []) : [];
    const sources = isEsbuild
      ? Object.keys(asObject(inputs))
      : [...moduleNames(modules), ...moduleNames(joined)];
    return bundledPackages(
      sources.flatMap((source) => packageInPath(source) ?? []),
      path,
    );
  },
};
