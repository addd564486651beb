import { CliError } from '../common/cli-error.ts';

export const runtimeFamilies = ['nodejs', 'python', 'java', 'ruby', 'dotnet', 'provided'] as const;
export type RuntimeFamily = (typeof runtimeFamilies)[number];

/** The identifier taken for a family when `--runtime` doesn't say more: the newest that AWS supports for long. */
export const defaultRuntimes: Record<RuntimeFamily, string> = {
  nodejs: 'nodejs22.x',
  python: 'python3.13',
  java: 'java21',
  ruby: 'ruby3.4',
  dotnet: 'dotnet8',
  provided: 'provided.al2023',
};

const signs: [RuntimeFamily, RegExp][] = [
  ['dotnet', /(^|\/)[^/]+\.(deps|runtimeconfig)\.json$/],
  ['nodejs', /(^|\/)(package\.json|[^/]+\.(js|mjs|cjs))$/],
  ['python', /\.py$/],
  ['java', /\.class$|(^|\/)lib\/[^/]+\.jar$/],
  ['ruby', /\.rb$|(^|\/)Gemfile$/],
];
const dependencies = /(^|\/)(node_modules|vendor|site-packages|__pycache__|\.git)\//;

/**
 * The runtime's family from the paths in a package. The files nearest to the root decide, folders of dependencies don't count,
 * and a `bootstrap` in the root always means a runtime of its own. Throws a usage error when that leaves none or several.
 */
export function recogniseRuntime(paths: Iterable<string>): RuntimeFamily {
  const depths = new Map<RuntimeFamily, number>();
  for (const path of paths) {
    if (path === 'bootstrap') return 'provided';
    if (dependencies.test(path)) continue;
    const family = signs.find(([, sign]) => sign.test(path))?.[0];
    const depth = path.split('/').length;
    if (family && depth < (depths.get(family) ?? Number.POSITIVE_INFINITY)) depths.set(family, depth);
  }
  const nearest = Math.min(...depths.values());
  const found = [...depths].filter(([, depth]) => depth === nearest).map(([family]) => family);
  const [only, ...others] = found;
  const hint = 'Name it with --runtime, for example --runtime python3.13.';
  if (!only) throw new CliError('usage', 'The package does not show which runtime it is for.', hint);
  if (others.length > 0)
    throw new CliError('usage', `The package could be for ${found.toSorted().join(' or ')}.`, hint);
  return only;
}

const identifier =
  /^(nodejs\d+\.x|python\d\.\d+|java\d+(\.al2)?|ruby\d\.\d+|dotnet\d+|provided(\.al2|\.al2023)?)$/;

/** The family of Lambda's identifier of a runtime, such as `python3.13`. Throws a usage error for an unknown one. */
export function parseRuntime(runtime: string): RuntimeFamily {
  const family = runtimeFamilies.find((name) => runtime.startsWith(name));
  if (family && identifier.test(runtime)) return family;
  throw new CliError(
    'usage',
    `--runtime ${runtime} is not a runtime of Lambda.`,
    `For example: ${Object.values(defaultRuntimes).join(', ')}.`,
  );
}
