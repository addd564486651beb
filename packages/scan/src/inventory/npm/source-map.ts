import { asObject, asText, type InventoryReader } from '../reader.ts';
import { bundledPackages } from './bundled-packages.ts';
import { type BundledPackage, packageInPath } from './package-in-path.ts';

/** A package.json among the sources tells the version. */
function withVersion(found: BundledPackage, source: string, content: unknown): BundledPackage {
  if (found.version !== undefined || !source.endsWith(`/${found.name}/package.json`)) return found;
  // Bundlers turn it into a module; `"version": "1.2.3"` stays.
  const version = /"?version"?\s*[:=]\s*["'](\d[^"']*)["']/.exec(asText(content) ?? '')?.[1];
  return { ...found, ...(version !== undefined && { version }) };
}

/** The packages whose sources a source map names (tc39.es/ecma426). */
export function readSourceMap(text: string): BundledPackage[] {
  const map = asObject(JSON.parse(text));
  const parts = Array.isArray(map.sections)
    ? map.sections.map((each) => asObject(asObject(each).map))
    : [map];
  return parts.flatMap(({ sources, sourcesContent }) => {
    const contents: unknown[] = Array.isArray(sourcesContent) ? sourcesContent : [];
    return (Array.isArray(sources) ? sources : []).flatMap((source, index) => {
      const found = packageInPath(String(source));
      return found ? [withVersion(found, String(source), contents[index])] : [];
    });
  });
}

/** Source maps beside bundles. */
export const sourceMap: InventoryReader = {
  matches: (path) => /\.[cm]?js\.map$/.test(path) && !/(^|\/)node_modules\//.test(path),
  read: (bytes, path) => bundledPackages(readSourceMap(bytes.toString('utf8')), path),
};
