// `npm run bench:waas`: sets up by itself, then measures the WAAS engine. Nothing else should run meanwhile.
import { run } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  await setUp('start');
  await run(
    'node',
    ['--conditions=source', '--import', 'tsx', 'bench/waas/main.ts', ...process.argv.slice(2)],
    'Its messages are above.',
  );
});
