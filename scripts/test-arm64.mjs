// `npm run test:arm64`: sets up for tests and for an emulated machine, and runs the attacks on arm64 kernels of Debian there.
import { start } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  await setUp('arm64');
  const config = ['--config', 'defender/init/emulated/vitest.config.ts', '--root', '.'];
  process.exitCode = await start('node', [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...config,
    ...process.argv.slice(2),
  ]);
});
