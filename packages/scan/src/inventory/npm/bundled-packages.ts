import type { FoundPackage } from '../../found-package.ts';
import type { BundledPackage } from './package-in-path.ts';

/** What a bundle holds, each package once. The version is empty where it says none; `settleVersions` looks for it elsewhere. */
export function bundledPackages(bundled: BundledPackage[], path: string): FoundPackage[] {
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of bundled) {
    const known = versions.get(name) ?? new Set();
    if (version !== undefined) known.add(version);
    versions.set(name, known);
  }
  return [...versions].flatMap(([name, known]) =>
    (known.size === 0 ? [''] : [...known]).map((version) => ({
      ecosystem: 'npm' as const,
      name,
      version,
      evidence: [{ path, by: 'bundle' as const }],
      dependencies: [],
    })),
  );
}
