import type { PackageFile } from '../package-files.ts';

const largestText = 8 * 1_048_576;

const inDependency = /(^|\/)(node_modules|site-packages|dist-packages|gems)\//;
/** Examples and test data of dependencies hold what looks like secrets, and are nobody's. */
const example =
  /\/(tests?|__tests__|spec|fixtures?|mocks?|docs?|examples?|samples?|benchmarks?)\/|\.(md|markdown|rst|txt|map|html|d\.[cm]?ts)$|[._-](test|spec)\.[^/]+$/i;
const binary =
  /\.(node|so(\.\d+)*|dll|dylib|exe|jar|war|class|zip|gz|tgz|xz|br|whl|pyc|png|jpe?g|gif|ico|webp|woff2?|ttf|eot|otf|pdf|wasm|bin|dat|mp4|p12|pfx)$/i;

/** Whether a file is worth a look for secrets, by its name and size. */
export const isCandidate = ({ path, kind, size }: PackageFile): boolean =>
  kind === 'file' &&
  size >= 16 &&
  size <= largestText &&
  !binary.test(path) &&
  !(inDependency.test(path) && example.test(path));

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
