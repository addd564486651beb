import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, buildExamples } from './build-all.mjs';
import { installPackages } from './install-packages.mjs';
import { root, run } from './run.mjs';
import { SetupError } from './say.mjs';
import { stampedStep } from './stamped-step.mjs';

const oldest = [20, 20];

/** Makes the project ready to start or to test: installs what is missing and builds what changed. `needs`: `start`, `test`, `fuzz` or `arm64`. */
export async function setUp(needs) {
  checkMachine();
  await installPackages(needs);
  await stampedStep(
    'installing npm packages',
    { inputs: ['package-lock.json'], outputs: ['node_modules/.package-lock.json'] },
    () =>
      run(
        'npm',
        [
          existsSync(join(root, 'node_modules')) ? 'install' : 'ci',
          '--no-audit',
          '--no-fund',
          '--loglevel',
          'error',
        ],
        "Look at npm's messages above (no network?).",
      ),
  );
  // Compilers of one do not wait for the other's: that saves a minute.
  await Promise.all([buildAll(), needs === 'test' && buildExamples()]);
}

function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    throw new SetupError(`Node ${oldest.join('.')} or newer is needed; this is ${process.version}.`);
  if (process.platform !== 'linux')
    throw new SetupError('Ringfence guards functions on Linux; this is not Linux.');
  if (!['x64', 'arm64'].includes(process.arch)) throw new SetupError(`There is no init for ${process.arch}.`);
}
