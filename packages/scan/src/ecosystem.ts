/** Where packages come from, by the names of the OSV schema (ossf.github.io/osv-schema), and their type in package URLs. */
export const ECOSYSTEMS = {
  npm: 'npm',
  PyPI: 'pypi',
  Maven: 'maven',
  RubyGems: 'gem',
  NuGet: 'nuget',
  Go: 'golang',
} as const;
export type Ecosystem = keyof typeof ECOSYSTEMS;

export const isEcosystem = (name: string): name is Ecosystem => Object.hasOwn(ECOSYSTEMS, name);

/** One spelling for each name: PyPI's by PEP 503, NuGet's without regard to case. */
export function normaliseName(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === 'PyPI') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return ecosystem === 'NuGet' ? name.toLowerCase() : name;
}
