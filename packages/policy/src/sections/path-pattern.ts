import { findTextProblem } from './text-problem.ts';

/** What a file pattern may begin with instead of `/`, in the order of their numbers in a compiled policy, from 1. */
export const PATH_VARIABLES = ['task', 'tmp', 'runtime'] as const;
export type PathVariable = (typeof PATH_VARIABLES)[number];

/** Takes `${tmp}/x` apart into the variable and the rest; without a variable the rest is all. */
export function splitFilePattern(pattern: string): { variable: PathVariable | undefined; rest: string } {
  for (const variable of PATH_VARIABLES) {
    const prefix = `\${${variable}}`;
    if (pattern.startsWith(prefix)) return { variable, rest: pattern.slice(prefix.length) };
  }
  return { variable: undefined, rest: pattern };
}

/** Where the variables lead in AWS Lambda; elsewhere the folders differ, but what is compared here does not. */
const FOLDERS: Record<PathVariable, string> = { task: '/var/task', tmp: '/tmp', runtime: '/var/runtime' };

/** The pattern with an absolute path in place of its variable, for comparing patterns with one another. */
export function expandFilePattern(pattern: string): string {
  const { variable, rest } = splitFilePattern(pattern);
  return variable === undefined ? rest : `${FOLDERS[variable]}${rest}`;
}

/** Says in words why an absolute path with wildcards can't be used, or undefined when it can. */
export function findPathPatternProblem(pattern: string): string | undefined {
  if (pattern.startsWith('${')) return 'must not begin with a variable; only the patterns of files may';
  if (!pattern.startsWith('/')) return 'must be an absolute path that begins with /, such as /usr/bin/gs';
  const problem = findTextProblem(pattern);
  if (problem !== undefined) return problem;
  const segments = pattern.slice(1).split('/');
  if (segments.includes(''))
    return 'must not contain an empty part (// or a / at the end); for a folder write /folder/* or /folder/**';
  if (segments.includes('..') || segments.includes('.'))
    return 'must not contain . or .. as a part; write the path that they lead to';
  if (pattern.includes('***')) return 'must not contain ***; write * for one folder level or ** for any';
  return undefined;
}

/** The same for a file pattern, which may begin with a variable. */
export function findFilePatternProblem(pattern: string): string | undefined {
  const { variable, rest } = splitFilePattern(pattern);
  if (variable === undefined)
    return pattern.startsWith('$')
      ? `must begin with / or with one of ${PATH_VARIABLES.map((name) => `\${${name}}`).join(', ')}`
      : findPathPatternProblem(pattern);
  if (rest === '') return undefined;
  if (!rest.startsWith('/')) return `must have a / or nothing behind \${${variable}}`;
  return findTextProblem(pattern) ?? findPathPatternProblem(rest);
}
