// `npm run fuzz [-- NAME…]`: sets up by itself, then runs the libFuzzer harnesses, all or those that are named, for a fixed number of inputs each (FUZZ_RUNS).
import { run } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  await setUp('fuzz');
  await run('node', ['defender/init/fuzz/run.mjs', ...process.argv.slice(2)], 'What it found is above.');
});
