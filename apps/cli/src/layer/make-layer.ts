import { type FunctionIdentity, fromEnvironmentValue, toEnvironmentValue } from '@ringfence/policy';
import { CliError } from '../common/cli-error.ts';
import { makeConfiguration, type PolicySource } from '../embed/make-configuration.ts';
import { guardMode, packagePaths, zippedInitMode } from '../embed/package-paths.ts';
import { readGuard, readInit } from '../embed/read-init.ts';
import { parseRuntime } from '../embed/recognise-runtime.ts';
import { makeEntry, writeZip } from '../embed/zip/write-zip.ts';

/** Where a layer's init lies in a function. */
export const layerInit = `/opt/${packagePaths.init}`;

/** The bytes of a layer: the Defender without a policy, the same for every function of an architecture. */
export async function makeLayer(arch: FunctionIdentity['arch']): Promise<Buffer> {
  const entries = [
    makeEntry(packagePaths.init, zippedInitMode, await readInit(arch)),
    makeEntry(packagePaths.guard, guardMode, await readGuard(arch)),
  ];
  return writeZip({ entries, dataOrder: entries, comment: Buffer.of() });
}

/** The variables of a function that gets its Defender from a layer. Throws a usage error when a layer can't serve it. */
export async function configureForLayer(
  source: PolicySource,
  identity: FunctionIdentity,
): Promise<Record<string, string>> {
  const hint = 'Protect its package: ringfence embed.';
  if (parseRuntime(identity.runtime) === 'provided')
    throw new CliError(
      'usage',
      `${identity.name} brings its own runtime, and Lambda starts no wrapper there: a layer can't protect it.`,
      hint,
    );
  const configuration = await makeConfiguration(source, identity);
  const variable = toEnvironmentValue(configuration);
  if (!fromEnvironmentValue(variable).signedPolicy)
    throw new CliError(
      'usage',
      `The policy of ${identity.name} is too large for the variable RINGFENCE_POLICY, and a layer holds no policy.`,
      hint,
    );
  return { AWS_LAMBDA_EXEC_WRAPPER: layerInit, RINGFENCE_POLICY: variable };
}
