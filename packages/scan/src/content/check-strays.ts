import type { Finding } from '@ringfence/findings';
import { baseName } from '../inventory/reader.ts';
import type { PackageFile } from '../package-files.ts';
import { contentFinding, counted } from './content-rules.ts';

const isHistory = ({ path }: PackageFile) => /(^|\/)\.(git\/(HEAD|config|objects\/)|hg\/|svn\/)/.test(path);

const settings = [
  /^\.env(\.(?!(example|sample|template|defaults?|dist)$)[\w-]+)?$/,
  /^\.(pypirc|netrc|pgpass|htpasswd|dockercfg)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /\.(tfstate|kdbx|p12|pfx|jks)$/,
  /^(credentials|terraform\.tfvars)$/,
];
/** Dependencies bring such files as examples and for their own tests. */
const isOwn = (path: string) => !/(^|\/)(node_modules|site-packages|dist-packages|gems)\//.test(path);
// An empty file is no place of secrets.
const isSettings = ({ path, size, kind }: PackageFile) =>
  kind === 'file' && size > 0 && isOwn(path) && settings.some((pattern) => pattern.test(baseName(path)));

/** npm's settings are mostly harmless; these are not. */
async function hasNpmSecret(file: PackageFile): Promise<boolean> {
  if (baseName(file.path) !== '.npmrc' || !isOwn(file.path) || file.size > 1_048_576) return false;
  const bytes = await file.read().catch(() => Buffer.alloc(0));
  return /^[^#;\n]*_(auth|authToken|password)\s*=/m.test(bytes.toString('utf8'));
}

/** What got into the package unmeant. */
export async function checkStrays(files: PackageFile[]): Promise<Finding[]> {
  const history = files.filter(isHistory);
  const withSecret: PackageFile[] = [];
  for (const file of files) if (isSettings(file) || (await hasNpmSecret(file))) withSecret.push(file);
  const findings = withSecret.map((file) =>
    contentFinding('content/settings-file', file.path, `${file.path} is in the package.`, [file]),
  );
  if (history.length > 0)
    findings.push(
      contentFinding('content/history', '', `${counted(history.length, 'file')} of it.`, history),
    );
  return findings;
}
