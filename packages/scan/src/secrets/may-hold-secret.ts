import { normaliseName } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';
import type { PackageFile } from '../package-files.ts';

const largestText = 32 * 1_048_576;

const inDependency = /(^|\/)(node_modules|site-packages|dist-packages|gems)\//;

/** Folders of Python packages that lie beside the function's own code, as pip --target lays them: by the names that their metadata have. */
export function listDependencyFolders(packages: FoundPackage[]): Set<string> {
  const metadata = packages
    .filter(({ ecosystem }) => ecosystem === 'PyPI')
    .flatMap(({ name, evidence }) => evidence.map(({ path }) => ({ name, path })));
  return new Set(
    metadata.flatMap(({ name, path }) => {
      const root = /^(.*\/)?[^/]+\.(dist|egg)-info\/[^/]+$/.exec(path);
      const folder = normaliseName('PyPI', name).replaceAll('-', '_');
      return root ? [`${root[1] ?? ''}${folder}/`.toLowerCase()] : [];
    }),
  );
}

function isDependency(path: string, folders: Set<string>): boolean {
  if (inDependency.test(path)) return true;
  if (folders.size === 0) return false;
  const lower = path.toLowerCase();
  for (let at = lower.indexOf('/'); at !== -1; at = lower.indexOf('/', at + 1))
    if (folders.has(lower.slice(0, at + 1))) return true;
  return false;
}

/** Examples and test data of dependencies hold what looks like secrets, and are nobody's. */
const example =
  /\/(tests?|__tests__|spec|fixtures?|mocks?|docs?|examples?|samples?|benchmarks?)\/|\.(md|markdown|rst|txt|map|html|d\.[cm]?ts)$|[._-](test|spec)\.[^/]+$|(^|\/)test_[^/]+\.py$/i;
const binary =
  /\.(node|so(\.\d+)*|dll|dylib|exe|jar|war|class|zip|gz|tgz|xz|br|whl|pyc|png|jpe?g|gif|ico|webp|woff2?|ttf|eot|otf|pdf|wasm|bin|dat|mp4|p12|pfx)$/i;

/** Whether a file is worth a look for secrets, by its name and size. `folders`: those of dependencies. */
export const isCandidate = ({ path, kind, size }: PackageFile, folders: Set<string>): boolean =>
  kind === 'file' &&
  size >= 16 &&
  size <= largestText &&
  !binary.test(path) &&
  !(example.test(path) && isDependency(path, folders));

/** Something that each pattern of the rules needs: one search here spares nearly all files the twenty there. */
const traces = new RegExp(
  [
    '-----BEGIN\\s?[A-Z]{0,8}\\s?PRIVATE KEY',
    '(?:secret|SECRET|Secret)_?(?:access|ACCESS|Access)_?(?:key|KEY|Key)["\']?\\s*[:=]',
    '://[^\\s:@/]{1,256}:[^\\s@/]{1,256}@',
    '_authToken=|npm_\\w{36}|gh[pousr]_\\w{36}|github_pat_\\w{82}',
    'xox[bpaor]-|xapp-|hooks\\.slack\\.com',
    '(?<![A-Za-z])sk-[\\w-]{20}|SG\\.\\w{1,128}\\.\\w|lin_api_\\w|shp(?:pa|ca|at|ss)_\\w{32}|ops_ey\\w',
  ].join('|'),
);

/** Whether a text holds a trace of a secret. `text`: by Latin-1, which is quick; all traces are ASCII. */
export const hasTrace = (text: string): boolean => traces.test(text);
