import { stat } from 'node:fs/promises';
import { encodeDefenderConfiguration, type FunctionIdentity, toEnvironmentValue } from '@ringfence/policy';
import { parseIdentity } from '../common/function-flags.ts';
import { withPath } from '../common/system-error.ts';
import { embedFolder } from './embed-folder.ts';
import { embedZip } from './embed-zip.ts';
import { isStaticProgram } from './is-static-program.ts';
import { makeConfiguration, type PolicySource } from './make-configuration.ts';
import { type Protection, packagePaths } from './package-paths.ts';
import { readGuard, readInit } from './read-init.ts';
import { defaultRuntimes, parseRuntime, recogniseRuntime } from './recognise-runtime.ts';

export interface EmbedRequest extends PolicySource {
  /** The package: a zip or a folder. */
  input: string;
  output: string;
  identity: Record<Exclude<keyof FunctionIdentity, 'runtime'>, string | undefined> & {
    runtime: string | undefined;
  };
}

export interface EmbedResult {
  output: string;
  function: FunctionIdentity;
  /** The variables to set. Secret: one holds the function's token. */
  environment: Record<string, string>;
  warnings: string[];
}

/** Writes the protected package. Throws `CliError` for whatever is wrong with the package, the policy or the Console. */
export async function embed({ input, output, identity, ...source }: EmbedRequest): Promise<EmbedResult> {
  const family = identity.runtime === undefined ? undefined : parseRuntime(identity.runtime);
  const { arch } = parseIdentity({ ...identity, runtime: identity.runtime ?? 'unknown' });
  const [init, guard] = await Promise.all([readInit(arch), readGuard(arch)]);
  const isFolder = (await withPath('usage', input, () => stat(input))).isDirectory();
  const warnings: string[] = [];
  let named: FunctionIdentity | undefined;
  let environment: Record<string, string> = {};

  const protect = async (paths: Iterable<string>, bootstrap: Buffer): Promise<Protection> => {
    const recognised = family ?? recogniseRuntime(paths);
    const runtime = identity.runtime ?? defaultRuntimes[recognised];
    if (!family) warnings.push(`this looks like ${recognised}; taken as ${runtime}. Name it with --runtime.`);
    named = parseIdentity({ ...identity, runtime });
    const customRuntime = recognised === 'provided';
    if (customRuntime && isStaticProgram(bootstrap)) warnings.push(staticBootstrap);
    const configuration = {
      ...(await makeConfiguration(source, named)),
      ...(customRuntime ? { entry: packagePaths.originalBootstrap } : {}),
    };
    environment = {
      ...(customRuntime ? {} : { AWS_LAMBDA_EXEC_WRAPPER: `/var/task/${packagePaths.init}` }),
      RINGFENCE_POLICY: toEnvironmentValue(configuration),
    };
    return {
      init,
      guard,
      configuration: Buffer.from(encodeDefenderConfiguration(configuration)),
      customRuntime,
    };
  };
  const sizes = await (isFolder ? embedFolder : embedZip)(input, output, protect);
  warnings.push(...checkLimits(sizes));
  if (!named) throw new Error('the package was written without a function');
  return { output, function: named, environment, warnings };
}

const staticBootstrap =
  'bootstrap is a static program. In AWS Lambda the guard is a library, and a static program loads none: it is not started ' +
  'when the policy says onError: closed, and runs unguarded with open. Link it dynamically (Go: CGO_ENABLED=1 and ' +
  '-ldflags=-linkmode=external; Rust: a target for gnu, not for musl).';

const megabyte = 1024 * 1024;

/** Sizes in bytes. Lambda takes 50 MB zipped when uploaded directly, 250 MB unzipped. */
function checkLimits({ zipped, unzipped }: { zipped?: number; unzipped: number }): string[] {
  const over: string[] = [];
  const show = (bytes: number) => `${(bytes / megabyte).toFixed(1)} MB`;
  if (zipped !== undefined && zipped > 50 * megabyte)
    over.push(`the zip has ${show(zipped)}: more than 50 MB must be uploaded through S3.`);
  if (unzipped > 250 * megabyte)
    over.push(`the package unpacks to ${show(unzipped)}: Lambda refuses more than 250 MB.`);
  return over;
}
