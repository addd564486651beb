import type { Finding } from '@ringfence/findings';
import { baseName, folderOf } from '../inventory/reader.ts';
import type { PackageFile } from '../package-files.ts';
import type { NativeFile } from './check-native.ts';
import { contentFinding } from './content-rules.ts';
import { groupBy } from './group-by.ts';

/** Packages that find native code by the name of the platform, and not by that of the file. */
const loaders =
  /\b(bindings|node-gyp-build|node-pre-gyp|prebuild-install|node-addon-api|pkg-prebuilds|process\.platform|\.node\b.{0,40}\$\{)/;
const largestSource = 2 * 1_048_576;
const mostSources = 400;

/** The nearest folder upwards that has a package.json; the package's root else. */
function rootOf(path: string, files: ReadonlyMap<string, PackageFile>): string {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder))
    if (files.has(`${folder}/package.json`)) return folder;
  return '';
}

const isSource = ({ path, kind, size }: PackageFile) =>
  kind === 'file' && size <= largestSource && /\.([cm]?js|json|ts)$/.test(path);

/**
 * Node's native modules that nothing in their own package names: leavings of a build, or planted. Where there is too much to read nothing is said.
 */
export async function checkUnloaded(
  natives: NativeFile[],
  files: ReadonlyMap<string, PackageFile>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const modules = natives.filter(({ file }) => file.path.endsWith('.node'));
  if (modules.length === 0) return [];
  const sourcesBelow = groupBy([...files.values()].filter(isSource), (file) => rootOf(file.path, files));
  for (const [root, list] of groupBy(modules, ({ file }) => rootOf(file.path, files))) {
    const sources = sourcesBelow.get(root) ?? [];
    if (sources.length > mostSources) continue;
    const texts = await Promise.all(
      sources.map((file) =>
        file.read().then(
          (bytes) => bytes.toString('latin1'),
          () => '',
        ),
      ),
    );
    if (texts.some((text) => loaders.test(text))) continue;
    for (const { file } of list) {
      const name = baseName(file.path).replace(/\.node$/, '');
      if (texts.some((text) => text.includes(name))) continue;
      const message = `Nothing in ${root === '' ? 'the package' : root} names ${file.path}.`;
      findings.push(contentFinding('content/unreferenced-binary', file.path, message, [file]));
    }
  }
  return findings;
}
