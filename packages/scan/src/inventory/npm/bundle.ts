import type { InventoryReader } from '../reader.ts';
import { bundledPackages } from './bundled-packages.ts';
import { type BundledPackage, packageInPath } from './package-in-path.ts';
import { readSourceMap } from './source-map.ts';

/** How bundlers name the modules in what is not minified: esbuild, rolldown (`#region`), and webpack's keys. */
const moduleMarks = [
  /^[ \t]*\/\/ ?(?:#region )?(\S*node_modules\/\S+)/gm,
  /"((?:\.{1,2}\/)*node_modules\/[^"\n]{1,500})"(?:\(|:| *\*)/g,
  /^ +!\*\*\* (\S*node_modules\/\S+)/gm,
];
/** esbuild's list of legal comments at the end: the path of the module, then its comment. */
const legalList = /\/\*! Bundled license information:\n([\s\S]*)/;
const legalPath = /^((?:@[\w.-]+\/)?[a-z0-9][\w.-]*)\/\S*:$/gm;
/** A legal comment that begins with name and version, as `/*! lodash v4.17.21` or `@license React v17.0.2`. */
const titled =
  /\/\*(?:!|\*?[\s*]{0,20}@license)[\s*]{0,20}(?:https?:\/\/\S{1,80}\/)?([\w@][\w@/.-]{0,60})(?: JavaScript Library)?\s{1,4}v?(\d+\.\d+\.\d+(?:-[\w.]{1,30})?)(?![\w.])/g;
/** What stands before a version in anybody's comments. */
const noNames = ['version', 'build', 'release', 'since', 'copyright'];
const inlineMap = /\/\/# sourceMappingURL=data:application\/json[^,\s]{0,60};base64,([\w+/=]+)\s*$/;

function readTitles(text: string): BundledPackage[] {
  return [...text.matchAll(titled)].flatMap(([, name = '', version = '']) => {
    const lower = name.toLowerCase().replace(/\.js$/, '');
    const isName = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(lower) && !noNames.includes(lower);
    return isName ? [{ name: lower, version }] : [];
  });
}

function readBundle(text: string): BundledPackage[] {
  const marked = moduleMarks.flatMap((mark) =>
    [...text.matchAll(mark)].flatMap((match) => packageInPath(match[1] as string) ?? []),
  );
  const legal = [...(legalList.exec(text)?.[1] ?? '').matchAll(legalPath)].map((match) => ({
    name: match[1] as string,
  }));
  const map = inlineMap.exec(text.slice(text.lastIndexOf('//# sourceMappingURL=data:')))?.[1];
  const mapped = map === undefined ? [] : readSourceMap(Buffer.from(map, 'base64').toString('utf8'));
  return [...marked, ...legal, ...readTitles(text), ...mapped];
}

/** Packages that esbuild, webpack, rollup or rolldown put into one file, by what they leave there; and webpack's file of legal comments. */
export const bundle: InventoryReader = {
  matches: (path) => /\.([cm]?js|js\.LICENSE\.txt)$/.test(path) && !/(^|\/)node_modules\//.test(path),
  read: (bytes, path) => bundledPackages(readBundle(bytes.toString('utf8')), path),
};
