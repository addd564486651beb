import { compileWaasRule } from './compile-waas-rule.ts';
import { type CompiledPolicy, encodeCompiledPolicy } from './compiled/compiled-policy.ts';
import type { CompiledNetwork } from './compiled/network-section.ts';
import { functionId } from './function-id.ts';
import type { FunctionIdentity } from './function-identity.ts';
import { prepareMatcher } from './match-policy.ts';
import type { Policy, RuntimeRule } from './policy-schema.ts';
import { toLearnLimits } from './sections/learn.ts';
import { type NetworkSettings, toListenRange } from './sections/network.ts';
import { toOutbound } from './sections/outbound.ts';
import { toProcessEntry } from './sections/process.ts';

export type CompileTarget = {
  identity: FunctionIdentity;
  /** A newer policy has a higher one. */
  revision: number;
  /** Unix milliseconds; 0 when made offline. */
  issuedAt: number;
};

type CompiledRule = Pick<CompiledPolicy, 'onError' | 'process' | 'network' | 'files' | 'secrets' | 'learn'>;

/** What a function gets that no rule matches: nothing is guarded, so nothing may keep it from starting. */
const UNGUARDED: CompiledRule = {
  onError: 'open',
  process: { effect: 'disable', miners: 'disable', allow: [] },
};

const compileNetwork = (network: NetworkSettings): CompiledNetwork => ({
  ...network,
  listen: network.listen.map(toListenRange),
  outbound: network.outbound.map(toOutbound),
});

function compileRule({ onError, process, network, files, secrets, learn }: RuntimeRule): CompiledRule {
  const learns = [process, network, files].some((section) => section?.effect === 'learn');
  return {
    onError,
    process: { ...process, allow: process.allow.map(toProcessEntry) },
    ...(network && { network: compileNetwork(network) }),
    ...(files && { files }),
    ...(secrets.length > 0 && { secrets }),
    ...(learns && { learn: toLearnLimits(learn ?? {}) }),
  };
}

/** Prepares the policy once for compiling it for many functions. The policy must not be changed afterwards. */
export function prepareCompiler(policy: Policy): (target: CompileTarget) => Uint8Array {
  const match = prepareMatcher(policy.collections, policy.runtime.rules);
  const matchWaas = prepareMatcher(policy.collections, policy.waas.rules);
  return ({ identity, revision, issuedAt }) => {
    const rule = match(identity)?.rule;
    const waasRule = matchWaas(identity)?.rule;
    const waas = waasRule && compileWaasRule(waasRule);
    return encodeCompiledPolicy({
      revision,
      issuedAt,
      functionId: functionId(identity),
      ...(rule ? compileRule(rule) : UNGUARDED),
      console: policy.settings,
      ...(waas && { waas }),
    });
  };
}

/** The compiled policy (`RFP1`) of one function: the same input always gives the same bytes. */
export function compilePolicy({ policy, ...target }: CompileTarget & { policy: Policy }): Uint8Array {
  return prepareCompiler(policy)(target);
}
