import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DefenderConfiguration,
  decodeDefenderConfiguration,
  FormatError,
  fromEnvironmentValue,
} from '@ringfence/policy';
import { CliError } from '../common/cli-error.ts';
import { listFolder } from '../embed/list-folder.ts';
import { packagePaths } from '../embed/package-paths.ts';
import {
  defaultRuntimes,
  parseRuntime,
  type RuntimeFamily,
  recogniseRuntime,
} from '../embed/recognise-runtime.ts';
import { layerInit } from '../layer/make-layer.ts';
import type { FunctionSettings } from './function-environment.ts';
import type { RunOptions } from './run-options.ts';

export interface FunctionPlan extends FunctionSettings {
  family: RuntimeFamily;
  timeoutMs: number;
  /** True when the package or a layer carries the init, and it is used. */
  protected: boolean;
  /** What a custom runtime starts, relative to the package's root. */
  entry: string;
}

const defaultHandlers: Partial<Record<RuntimeFamily, string>> = {
  nodejs: 'index.handler',
  python: 'lambda_function.lambda_handler',
  ruby: 'lambda_function.lambda_handler',
  provided: 'bootstrap',
};

/**
 * Decides what is run and how, from the options, from the Defender configuration in a protected package, and from the package's
 * files, in this order. `folder` is the unpacked package.
 */
export async function planFunction(folder: string, options: RunOptions): Promise<FunctionPlan> {
  const paths = await listFolder(folder);
  const isProtected = paths.has(packagePaths.init);
  const { AWS_LAMBDA_EXEC_WRAPPER: wrapper, RINGFENCE_POLICY: variable } = options.environment ?? {};
  const inLayer = wrapper === layerInit;
  const configuration = {
    ...(inLayer && variable ? fromEnvironmentValue(variable) : {}),
    ...(isProtected ? await readConfiguration(folder, options.package) : {}),
  };
  const { identity = {} } = configuration;
  const runtime =
    options.runtime ??
    identity.runtime ??
    defaultRuntimes[
      recogniseRuntime([...paths.keys()].filter((path) => !path.startsWith(packagePaths.folder)))
    ];
  const family = parseRuntime(runtime);
  const handler = options.handler ?? defaultHandlers[family];
  if (!handler)
    throw new CliError(
      'usage',
      `A ${family} function has no usual handler.`,
      'Name it, for example --handler example.Handler::handleRequest (Java) or Assembly::Type::Method (.NET).',
    );
  const original = configuration.entry ?? packagePaths.originalBootstrap;
  const withInit = isProtected && options.protect !== false;
  const entry = isProtected && !withInit ? original : packagePaths.bootstrap;
  if (family === 'provided' && paths.get(entry) !== 'file')
    throw new CliError('usage', `${options.package} has no ${entry}, which a custom runtime starts with.`);
  return {
    family,
    runtime,
    handler,
    functionName: options.functionName ?? identity.name ?? 'function',
    region: options.region ?? identity.region ?? 'us-east-1',
    account: options.account ?? identity.account ?? '123456789012',
    memoryMb: options.memoryMb ?? 128,
    timeoutMs: (options.timeoutSeconds ?? 3) * 1000,
    snapStart: options.snapStart ?? false,
    protected: withInit || (inLayer && options.protect !== false),
    entry,
  };
}

async function readConfiguration(folder: string, path: string): Promise<DefenderConfiguration> {
  try {
    return decodeDefenderConfiguration(await readFile(join(folder, packagePaths.configuration)));
  } catch (error) {
    const why = error instanceof FormatError ? error.message : 'it cannot be read';
    throw new CliError('usage', `${path}: ${packagePaths.configuration} is broken: ${why}.`, 'Embed again.');
  }
}
