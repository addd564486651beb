import type { FoundPackage } from '../found-package.ts';

const few = (names: string[]) =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ');

/**
 * Gives what a bundle names without a version those versions that something else tells of, such as the lockfile beside it. What nothing tells
 * of is left out and noted: without a version nothing can be said about it.
 */
export function settleVersions(found: FoundPackage[]): { packages: FoundPackage[]; notes: string[] } {
  const packages = found.filter(({ version }) => version !== '');
  const byName = new Map<string, Set<string>>();
  for (const { ecosystem, name, version } of packages)
    if (ecosystem === 'npm') byName.set(name, (byName.get(name) ?? new Set()).add(version));
  const unsettled = new Map<string, string[]>();
  for (const each of found) {
    if (each.version !== '') continue;
    const versions = byName.get(each.name);
    for (const version of versions ?? []) packages.push({ ...each, version });
    if (versions) continue;
    const path = each.evidence[0]?.path ?? '';
    unsettled.set(path, [...(unsettled.get(path) ?? []), each.name]);
  }
  const notes = [...unsettled].map(
    ([path, names]) =>
      `${path} bundles ${few(names)}, and nothing tells the version. Scan the project with its lockfile too.`,
  );
  return { packages, notes };
}
