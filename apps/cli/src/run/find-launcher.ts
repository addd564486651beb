import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CliError } from '../common/cli-error.ts';

/** The program that makes a sandbox like Lambda's, as `npm run build` made it. Throws an environment error when it is missing. */
export function findLauncher(): string {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const path = fileURLToPath(new URL(`../../native/build/${arch}/lambda-sandbox`, import.meta.url));
  if (existsSync(path)) return path;
  throw new CliError(
    'environment',
    `What imitates Lambda's sandbox is not built: ${path} is missing.`,
    'Run "npm run build" first.',
  );
}
