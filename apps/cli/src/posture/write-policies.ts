import { extname } from 'node:path';
import { type Posture, policyFormats, suggestRolePolicies, type Uses } from '@ringfence/posture';
import { CliError } from '../common/cli-error.ts';
import { writeAtOnce } from '../common/write-at-once.ts';

export const policiesFlags = {
  policies: {
    type: 'string' as const,
    description: "Also write the IAM policy that each function's code needs to a file: .yaml or .json.",
    valueHint: 'FILE',
  },
};

/** Throws a usage error for a file whose format is not known, before anything is looked at. */
export function planPolicies(
  path: string | undefined,
): ((posture: Posture, uses: Uses) => Promise<void>) | undefined {
  if (path === undefined) return undefined;
  const render = policyFormats[extname(path)];
  if (!render)
    throw new CliError(
      'usage',
      `--policies ${path} must end in ${Object.keys(policyFormats).join(', ')}, which says its format.`,
    );
  return async (posture, uses) => writeAtOnce(path, render(await suggestRolePolicies(posture, uses)));
}
