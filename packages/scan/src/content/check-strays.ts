import type { Finding } from '@ringfence/findings';
import { baseName } from '../inventory/reader.ts';
import type { PackageFile } from '../package-files.ts';
import { contentFinding, counted } from './content-rules.ts';

const isHistory = ({ path }: PackageFile) => /(^|\/)\.(git\/(HEAD|config|objects\/)|hg\/|svn\/)/.test(path);

const settings = [
  /^\.env(\.(?!(example|sample|template|defaults?|dist)$)[\w-]+)?$/,
  /^\.(npmrc|pypirc|netrc|pgpass|htpasswd|dockercfg)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /\.(tfstate|kdbx|p12|pfx|jks)$/,
  /^(credentials|terraform\.tfvars)$/,
];
/** Dependencies bring such files as examples and for their own tests. */
const isOwn = (path: string) => !/(^|\/)(node_modules|site-packages|dist-packages|gems)\//.test(path);
// An empty file is no place of secrets.
const isSettings = ({ path, size, kind }: PackageFile) =>
  kind === 'file' && size > 0 && isOwn(path) && settings.some((pattern) => pattern.test(baseName(path)));

/** What got into the package unmeant. */
export function checkStrays(files: PackageFile[]): Finding[] {
  const history = files.filter(isHistory);
  const findings = files
    .filter(isSettings)
    .map((file) =>
      contentFinding('content/settings-file', file.path, `${file.path} is in the package.`, [file]),
    );
  if (history.length > 0)
    findings.push(
      contentFinding('content/history', '', `${counted(history.length, 'file')} of it.`, history),
    );
  return findings;
}
