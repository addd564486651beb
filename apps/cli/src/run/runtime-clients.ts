import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../common/cli-error.ts';
import type { RuntimeFamily } from '../embed/recognise-runtime.ts';
import { findProgram } from './find-program.ts';

/** How a runtime is started on this machine. */
export interface RuntimeClient {
  /** The program that runs the function, an absolute path; absent for a custom runtime. */
  interpreter?: string;
  /** Folder of the interface client, seen by the function as `/var/runtime`; absent for a custom runtime. */
  folder?: string;
  /** The interpreter's arguments, given where the client's folder is seen, the handler and the memory limit. */
  makeArguments(seen: { client: string; handler: string; memoryMb: number }): string[];
  /** Variables that Lambda sets for this runtime alone. */
  environment: Record<string, string>;
}

const clients = fileURLToPath(new URL('../../../../examples/runtime-clients', import.meta.url));

interface ClientDescription {
  program: string;
  hint: string;
  folder: string;
  /** A file that is there when the client has been built. */
  built: string;
  makeArguments: RuntimeClient['makeArguments'];
  environment?: Record<string, string>;
}

const descriptions: Record<Exclude<RuntimeFamily, 'provided'>, ClientDescription> = {
  nodejs: {
    program: 'node',
    hint: 'Install Node 20 or later.',
    folder: 'node',
    built: 'node_modules/aws-lambda-ric/dist/rapid-client.node',
    makeArguments: ({ client, handler }) => [`${client}/node_modules/aws-lambda-ric/bin/index.mjs`, handler],
    environment: { NODE_PATH: '/opt/nodejs/node_modules:/var/runtime/node_modules' },
  },
  python: {
    program: 'python3',
    hint: 'Install it: apt-get install python3',
    folder: 'python',
    built: 'bootstrap.py',
    makeArguments: ({ client, handler }) => [`${client}/bootstrap.py`, handler],
    environment: { PYTHONPATH: '/var/runtime' },
  },
  java: {
    program: 'java',
    hint: 'Install it: apt-get install default-jdk-headless libgoogle-gson-java',
    folder: 'java/build',
    built: 'bootstrap.jar',
    makeArguments: ({ client, handler, memoryMb }) => [
      `-Xmx${Math.floor(memoryMb * 0.85)}m`,
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Xshare:auto',
      '-cp',
      `${client}/bootstrap.jar:${client}/gson.jar`,
      'ringfence.bootstrap.Bootstrap',
      handler,
    ],
  },
  ruby: {
    program: 'ruby',
    hint: 'Install it: apt-get install ruby',
    folder: 'ruby',
    built: 'bootstrap.rb',
    makeArguments: ({ client, handler }) => [`${client}/bootstrap.rb`, handler],
  },
  dotnet: {
    program: 'dotnet',
    hint: "Install the .NET SDK 8 or later from Microsoft's packages (Debian has none).",
    folder: 'dotnet/build',
    built: 'Bootstrap.dll',
    makeArguments: ({ client, handler }) => ['exec', `${client}/Bootstrap.dll`, handler],
    environment: { DOTNET_CLI_TELEMETRY_OPTOUT: '1' },
  },
};

/**
 * Finds what a runtime needs on this machine. Throws an environment error (exit code 3) that says what to install.
 */
export function findRuntimeClient(family: RuntimeFamily): RuntimeClient {
  if (family === 'provided') return { makeArguments: () => [], environment: {} };
  const { program, hint, folder, built, makeArguments, environment = {} } = descriptions[family];
  const interpreter = family === 'nodejs' ? process.execPath : findProgram(program);
  if (!interpreter)
    throw new CliError('environment', `No ${program} on this machine: ${family} functions cannot run.`, hint);
  const path = join(clients, folder);
  if (!existsSync(join(path, built)))
    throw new CliError(
      'environment',
      `The runtime client for ${family} is not built: ${join(path, built)} is missing.`,
      'Build it: npm run setup, or node examples/build.mjs',
    );
  return { interpreter, folder: path, makeArguments, environment };
}
