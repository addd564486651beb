import type { Graph } from './build-graph.ts';
import { membersOf } from './json.ts';

/** The account in an ARN; undefined where it is not written out. */
export function accountOf(arn: string): string | undefined {
  // What a hole stands for has colons in its own name.
  const [, account] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn.replaceAll(/\$\{[^}]*\}/g, '0')) ?? [];
  return account;
}

/** The bucket into which the CDK puts the code, of the account that the stack is for. */
const assets = /^cdk-[a-z0-9]+-assets-(\d{12})-/;

/**
 * Accounts that the template is for, as far as it says so: a function's role is always of its own account, and so are a load balancer that calls it
 * and the CDK's bucket with its code.
 */
export const ownAccounts = ({ functions }: Graph): Set<string> =>
  new Set(
    [...functions.values()].flatMap(({ resource: { properties }, triggers }) =>
      [
        accountOf(String(properties.Role)) ?? [],
        triggers.flatMap(({ kind, source = '' }) => (kind === 'ALB' ? (accountOf(source) ?? []) : [])),
        assets.exec(String(membersOf(properties.Code).S3Bucket))?.[1] ?? [],
      ].flat(),
    ),
  );
