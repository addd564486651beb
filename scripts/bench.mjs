// Measures what the guard costs and prints one table; --json and --quick go on to bench/main.ts. Nothing else should run meanwhile.
import { run } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  await setUp('test');
  await run(
    'node',
    ['--conditions=source', '--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)],
    'Its messages are above.',
  );
});
