/** A package as a bundle names it; often without a version. */
export interface BundledPackage {
  name: string;
  version?: string;
}

const name = '((?:@[^/\\s"\'\\\\]+/)?[^/\\s"\'\\\\@.][^/\\s"\'\\\\]*)';
const lastNodeModules = new RegExp(`(?:^|.*[/\\\\])node_modules/${name}/`);
/** pnpm keeps a package at .pnpm/NAME@VERSION, yarn at .yarn/cache/NAME-npm-VERSION-HASH.zip. */
const pnpm = /\/\.pnpm\/[^/]*?[^/]@(\d[^/_(]*)[^/]*\/node_modules\/[^/]+(?:\/[^/]+)?\//;
const yarn = /-npm-(\d[^/]*?)-[0-9a-f]{8,}(?:-[0-9a-f]+)?\.zip\/node_modules\//;

/** The package of a source, by its path: what lies in the last node_modules. Undefined for the function's own. */
export function packageInPath(path: string): BundledPackage | undefined {
  const plain = path.replaceAll('\\', '/');
  const found = lastNodeModules.exec(plain)?.[1];
  if (found === undefined || found === 'node_modules') return undefined;
  const version = (pnpm.exec(`/${plain}`) ?? yarn.exec(plain))?.[1];
  return { name: found, ...(version !== undefined && { version }) };
}
