import type { Finding } from '@ringfence/findings';
import type { PackageFile } from '../package-files.ts';
import { contentFinding, counted, megabytes } from './content-rules.ts';

/** Less is not worth a word. */
const leastBytes = 1_048_576;
const leastShare = 0.01;

const inDependency = '(^|/)(node_modules|site-packages|dist-packages|gems)/.*/';
// The first that holds counts.
const kinds: [string, RegExp][] = [
  ['source maps', /\.(c|m)?js\.map$|\.css\.map$/],
  ['type declarations', /\.d\.(c|m)?ts$/],
  [
    'caches and leavings',
    /(^|\/)(\.cache|\.pytest_cache|\.mypy_cache|\.nyc_output|__MACOSX)\/|(^|\/)\.DS_Store$/,
  ],
  ['tests of dependencies', new RegExp(`${inDependency}(tests?|__tests__|spec)/`)],
  [
    'documents and examples of dependencies',
    new RegExp(`${inDependency}(docs?|examples?|samples?)/|${inDependency}[^/]+\\.(md|markdown|rst)$`),
  ],
  [
    'sources of native code of dependencies',
    new RegExp(`${inDependency}[^/]+\\.(c|cc|cpp|h|hpp|o|a|obj|pdb)$`),
  ],
];

/** Files that are never loaded, by kind, where they are worth leaving out. */
export function checkDeadWeight(files: PackageFile[]): Finding[] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const found = new Map<string, PackageFile[]>(kinds.map(([kind]) => [kind, []]));
  for (const file of files) {
    const kind = kinds.find(([, pattern]) => pattern.test(file.path))?.[0];
    if (kind !== undefined) found.get(kind)?.push(file);
  }
  return [...found].flatMap(([kind, places]) => {
    const bytes = places.reduce((sum, { size }) => sum + size, 0);
    if (bytes < leastBytes || bytes < total * leastShare) return [];
    const share = Math.round((bytes / total) * 100);
    const message = `${kind}: ${counted(places.length, 'file')}, ${megabytes(bytes)}, ${share} % of the package. The largest are named.`;
    return [contentFinding('content/dead-weight', kind, message, places)];
  });
}
