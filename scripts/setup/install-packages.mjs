import { existsSync } from 'node:fs';
import { findMissingPackages } from './packages.mjs';
import { run, start } from './run.mjs';
import { SetupError, say, step } from './say.mjs';

/** Installs what is missing from Debian. Touches neither apt nor the network when nothing is. */
export async function installPackages(needs) {
  const missing = findMissingPackages(needs);
  if (missing.length === 0) return;
  const byHand = `apt-get install ${missing.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get'))
    throw new SetupError(
      `This machine has no apt. Install the counterparts of these Debian packages by hand: ${missing.join(' ')}`,
    );
  const isRoot = process.getuid() === 0;
  if (!isRoot && (await start('sudo', ['-n', 'true'], { quiet: true, stdio: 'ignore' }).catch(() => 1)) !== 0)
    throw new SetupError(`Packages are missing, and installing them needs root. Run: sudo ${byHand}`);
  const apt = (args) =>
    run(
      ...(isRoot
        ? ['apt-get', args]
        : ['sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]]),
      `Look at apt's messages above (no network?), or run by hand: ${isRoot ? '' : 'sudo '}${byHand}`,
      { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true },
    );
  say(`missing from Debian: ${missing.join(' ')}`);
  await step('apt-get update', () => apt(['-q', 'update']));
  await step('apt-get install', () => apt(['-q', 'install', '-y', '--no-install-recommends', ...missing]));
  const still = findMissingPackages(needs);
  if (still.length > 0) throw new SetupError(`Still missing after the installation: ${still.join(' ')}`);
}
