import { PackageURL } from 'packageurl-js'; // the reference implementation of package URLs
import { ECOSYSTEMS, type Ecosystem, normaliseName } from '../ecosystem.ts';

/** The package URL, as pkg:npm/%40scope/name@1.0.0 (github.com/package-url/purl-spec). */
export function packageUrl({
  ecosystem,
  name,
  version,
}: {
  ecosystem: Ecosystem;
  name: string;
  version: string;
}): string {
  const full = ecosystem === 'PyPI' ? normaliseName(ecosystem, name) : name;
  const at = ecosystem === 'Maven' ? full.indexOf(':') : full.lastIndexOf('/');
  const namespace = at === -1 ? undefined : full.slice(0, at);
  return new PackageURL(
    ECOSYSTEMS[ecosystem],
    namespace,
    full.slice(at + 1),
    version,
    undefined,
    undefined,
  ).toString();
}

/** What a package URL names; undefined for what is none, has no version, or is of an ecosystem that is not scanned. */
export function readPackageUrl(
  purl: string,
): { ecosystem: Ecosystem; name: string; version: string } | undefined {
  try {
    const { type, namespace, name, version } = PackageURL.fromString(purl);
    const ecosystem = (Object.keys(ECOSYSTEMS) as Ecosystem[]).find((each) => ECOSYSTEMS[each] === type);
    if (!ecosystem || !name || !version) return undefined;
    const separator = ecosystem === 'Maven' ? ':' : '/';
    return { ecosystem, name: namespace ? `${namespace}${separator}${name}` : name, version };
  } catch {
    return undefined;
  }
}
