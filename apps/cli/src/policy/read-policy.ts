import { readFile, stat } from 'node:fs/promises';
import {
  formatYamlProblem,
  POLICY_YAML_BYTES,
  type Policy,
  type PolicyYamlResult,
  parsePolicyYaml,
} from '@ringfence/policy';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';

/** Reads a policy in YAML and says what is wrong in it, and where. Throws a usage error for a file that can't be read. */
export async function readPolicy(path: string): Promise<PolicyYamlResult> {
  const text = await withPath('usage', path, async () => {
    if ((await stat(path)).size > POLICY_YAML_BYTES)
      throw new CliError('usage', `${path} is larger than ${POLICY_YAML_BYTES} bytes.`);
    return readFile(path, 'utf8');
  });
  return parsePolicyYaml(text, path);
}

/** The policy in a file, for commands that need it whole. Throws a usage error with all its faults. */
export async function loadPolicy(path: string): Promise<Policy> {
  const result = await readPolicy(path);
  if (result.ok) return result.policy;
  throw new CliError('usage', result.errors.map(formatYamlProblem).join('\n'));
}
