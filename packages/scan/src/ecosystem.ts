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
