import { encodeCompiledPolicy } from './compiled-policy.ts';
import { functionId } from './function-id.ts';
import type { FunctionIdentity } from './function-identity.ts';
import { prepareMatcher } from './match-policy.ts';
import type { Policy } from './policy-schema.ts';

export type CompileTarget = {
  identity: FunctionIdentity;
  /** A newer policy has a higher one. */
  revision: number;
  /** Unix milliseconds; 0 when made offline. */
  issuedAt: number;
};

/** Prepares the policy once for compiling it for many functions. The policy must not be changed afterwards. */
export function prepareCompiler(policy: Policy): (target: CompileTarget) => Uint8Array {
  const match = prepareMatcher(policy);
  return ({ identity, revision, issuedAt }) => {
    const rule = match(identity)?.rule;
    return encodeCompiledPolicy({
      revision,
      issuedAt,
      functionId: functionId(identity),
      // Where no rule matches nothing is guarded, so nothing may keep the function from starting.
      onError: rule?.onError ?? 'open',
      process: rule?.process ?? { effect: 'disable', allow: [] },
      console: policy.settings,
    });
  };
}

/** The compiled policy (`RFP1`) of one function: the same input always gives the same bytes. */
export function compilePolicy({ policy, ...target }: CompileTarget & { policy: Policy }): Uint8Array {
  return prepareCompiler(policy)(target);
}
