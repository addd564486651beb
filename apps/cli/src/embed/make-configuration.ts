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

/** Where a function's policy comes from. */
export interface PolicySource {
  /** Address of a Console; the alternative to `policy`. */
  console: string | undefined;
  /** Path of a policy in YAML. */
  policy: string | undefined;
  /** Path of the signing key for `policy`. */
  key: string | undefined;
}

/** The configuration of one function. Throws a usage error when the policy comes from nowhere, or from two places. */
export function makeConfiguration(
  { console, policy, key }: PolicySource,
  identity: FunctionIdentity,
): Promise<DefenderConfiguration> {
  if (console && policy)
    throw new CliError(
      'usage',
      '--console and --policy exclude each other.',
      'With a Console, the policy comes from there.',
    );
  if (policy) return configureLocally(policy, key, identity);
  if (key) throw new CliError('usage', '--key is for --policy: a Console signs with its own key.');
  if (console || process.env.RINGFENCE_CONSOLE) return registerAtConsole(console, identity);
  throw new CliError(
    'usage',
    'Where does the policy come from? Neither --policy nor --console is given.',
    '--policy policy.yaml signs a policy of your own; --console http://127.0.0.1:8470 takes the one of a running Console.',
  );
}

/** A configuration without a Console. Revision and time are fixed, so that the same policy gives the same bytes. */
async function configureLocally(
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
async function registerAtConsole(
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
