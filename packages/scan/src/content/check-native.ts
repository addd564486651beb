import type { Finding } from '@ringfence/findings';
import { baseName } from '../inventory/reader.ts';
import type { PackageFile } from '../package-files.ts';
import { contentFinding, counted } from './content-rules.ts';
import { groupBy } from './group-by.ts';
import { type NativeCode, readNative } from './read-native.ts';

export type NativeFile = NativeCode & { file: PackageFile };

/** Windows' libraries are .NET's too, for any system; so .dll is not looked at. */
const isCandidate = ({ kind, path, mode }: PackageFile) =>
  kind === 'file' &&
  (/\.(node|so(\.\d+)*|dylib|exe)$/.test(path) || ((mode & 0o111) !== 0 && !/\.\w{1,6}$/.test(path)));

/** The programs and libraries that are in the package. A file that cannot be read is left out here; the inventory tells of it. */
export async function listNative(files: PackageFile[]): Promise<NativeFile[]> {
  const found: NativeFile[] = [];
  for (const file of files.filter(isCandidate)) {
    const native = readNative(await file.read().catch(() => Buffer.alloc(0)));
    if (native) found.push({ file, ...native });
  }
  return found;
}

/** The package in which a file lies, as the folder below node_modules or site-packages; else the first folder. */
const holderOf = (path: string) =>
  /^(?:.*\/)?(?:node_modules|site-packages)\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ??
  path.split('/', 1)[0] ??
  path;

/** Native code that does not run where Lambda runs functions, one finding for each package that holds some. */
export function checkForeign(natives: NativeFile[]): Finding[] {
  const foreign = groupBy(
    natives.filter(({ system }) => system !== 'linux'),
    ({ file }) => holderOf(file.path),
  );
  const findings = [...foreign].map(([holder, list]) => {
    const systems = [...new Set(list.map(({ system }) => system))].sort().join(', ');
    const message = `${holder} has ${counted(list.length, 'file')} for ${systems}; functions run on Linux with glibc.`;
    return contentFinding(
      'content/foreign-binary',
      holder,
      message,
      list.map(({ file }) => file),
    );
  });
  const own = natives.filter(({ system, architecture }) => system === 'linux' && architecture);
  const byArchitecture = groupBy(own, ({ architecture }) => architecture);
  if (byArchitecture.size > 1) {
    const counts = [...byArchitecture].map(([name, list]) => `${name} (${counted(list.length, 'file')})`);
    const [fewest] = [...byArchitecture.values()].sort((one, other) => one.length - other.length);
    const message = `There is native code for ${counts.join(' and ')}; a function runs on one of them. The fewer are named.`;
    findings.push(
      contentFinding(
        'content/foreign-binary',
        'architecture',
        message,
        fewest?.map(({ file }) => file) ?? [],
      ),
    );
  }
  return findings;
}

/** What every runtime's image has: glibc, the compiler's libraries, zlib; and what the runtimes themselves are made of. */
const provided =
  /^(ld-linux.*|linux-vdso|lib(c|m|dl|rt|pthread|util|resolv|crypt|gcc_s|stdc\+\+|z|python3(\.\d+)?|jvm|java|node|ruby(-?\d[\d.]*)?))\.so(\.\d+)*$/;

/** Native code whose libraries are not there, so that it fails when it is loaded. */
export function checkLibraries(natives: NativeFile[], files: PackageFile[]): Finding[] {
  const there = new Set(files.map(({ path }) => baseName(path)));
  return natives.flatMap(({ system, needs, file }) => {
    const missing = needs.filter((name) => name !== '' && !provided.test(name) && !there.has(baseName(name)));
    if (system !== 'linux' || missing.length === 0) return [];
    const message = `${file.path} needs ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} neither in the package nor in Lambda's runtimes.`;
    return [contentFinding('content/missing-library', file.path, message, [file])];
  });
}
