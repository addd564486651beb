/** A package as a bundle names it; often without a version. */
export interface BundledPackage {
  name: string;
  version?: string;
}

const name = '((?:@[^/\\s"\'\\\\]+/)?[^/\\s"\'\\\\@.][^/\\s"\'\\\\]*)';
const lastNodeModules = new RegExp(`^(?:.*/)?node_modules/${name}/`, 's');
/** pnpm keeps a package at .pnpm/NAME@VERSION, yarn at .yarn/cache/NAME-npm-VERSION-HASH.zip. */
const pnpm = /\/\.pnpm\/([^/]+)\/node_modules\/[^/]+(?:\/[^/]+)?\//;
const pnpmVersion = /.@(\d[^_(]*)/;
const yarn = /-npm-(\d[^/]*?)-[0-9a-f]{8,}(?:-[0-9a-f]+)?\.zip\/node_modules\//;

/** Linux takes no longer one (PATH_MAX). */
export const longestPath = 4096;

/** The package of a source, by its path: what lies in the last node_modules. Undefined for the function's own. */
export function packageInPath(path: string): BundledPackage | undefined {
  if (path.length > longestPath) return undefined;
  const plain = path.replaceAll('\\', '/');
  const found = lastNodeModules.exec(plain)?.[1];
  if (found === undefined || found === 'node_modules') return undefined;
  const folder = pnpm.exec(`/${plain}`)?.[1];
  const version = ((folder !== undefined && pnpmVersion.exec(folder)) || yarn.exec(plain))?.[1];
  return { name: found, ...(version !== undefined && { version }) };
}
