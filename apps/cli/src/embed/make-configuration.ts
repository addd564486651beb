import {
  compilePolicy,
  type DefenderConfiguration,
  type FunctionIdentity,
  fromEnvironmentValue,
  signPolicy,
} from '@ringfence/policy';
import { callConsole, findConsole } from '../common/call-console.ts';
import { CliError } from '../common/cli-error.ts';
import { loadPolicy } from '../policy/read-policy.ts';
import { loadSigningKey } from './load-signing-key.ts';

/** A configuration without a Console. Revision and time are fixed, so that the same policy gives the same bytes. */
export async function configureLocally(
  policyPath: string,
  keyPath: string | undefined,
  identity: FunctionIdentity,
): Promise<DefenderConfiguration> {
  const policy = await loadPolicy(policyPath);
  const key = await loadSigningKey(keyPath);
  const signedPolicy = signPolicy(compilePolicy({ policy, identity, revision: 1, issuedAt: 0 }), key);
  return { identity, pinnedKey: key.publicKey, signedPolicy };
}

/** Registers the function at the Console and takes the configuration that it answers. */
export async function registerAtConsole(
  address: string | undefined,
  identity: FunctionIdentity,
): Promise<DefenderConfiguration> {
  const access = findConsole(address);
  const { body } = await callConsole(access, 'POST', '/api/functions', { body: identity });
  try {
    return fromEnvironmentValue((body as { configuration: string }).configuration);
  } catch (error) {
    throw new CliError(
      'environment',
      `${access.url.origin} answers no valid configuration: ${(error as Error).message}`,
    );
  }
}
