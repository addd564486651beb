import { CliError } from '../common/cli-error.ts';
import type { RunOptions } from './run-options.ts';
import { findIsolation, isRoot } from './sandbox-places.ts';

/** Checks that this machine can make the sandbox that is asked for. Throws an environment error when it can't. */
export function checkSandbox({ like, user, layers, isolation = findIsolation() }: RunOptions): void {
  if (layers?.length && isolation === 'folder')
    throw new CliError(
      'environment',
      'Layers lie at /opt, which needs root and a mount namespace.',
      'Run it with sudo.',
    );
  if (like === 'lambda' && isolation === 'folder')
    throw new CliError(
      'environment',
      "Lambda's sandbox can only be imitated by root, where mount and process namespaces can be made.",
      'Run it with sudo, or leave out --like.',
    );
  if (user !== undefined && !isRoot())
    throw new CliError('environment', `Only root can run a function as user ${user}.`, 'Run it with sudo.');
}
