import type { Graph } from './build-graph.ts';

/** The account in an ARN; undefined where it is not written out. */
export function accountOf(arn: string): string | undefined {
  // What a hole stands for has colons in its own name.
  const [, account] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn.replaceAll(/\$\{[^}]*\}/g, '0')) ?? [];
  return account;
}

/** Accounts that the template is for, as far as it says so: a function's role is always of its own account. */
export const ownAccounts = ({ functions }: Graph): Set<string> =>
  new Set(
    [...functions.values()].flatMap(({ resource }) => accountOf(String(resource.properties.Role)) ?? []),
  );
