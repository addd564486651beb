// Puts the format of everything right, and what lint can put right by itself.
import { listCSources } from './setup/list-sources.mjs';
import { run } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';

await runScript(async () => {
  await run(
    'node',
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
    'Its messages are above.',
  );
  await run('clang-format', ['-i', ...listCSources()], 'Missing? apt-get install clang-format');
});
