// Installs what is missing and builds everything: `npm run setup` for what `npm start` needs, `-- --test` for the tests too.
import { runScript, say } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  const start = performance.now();
  await setUp(process.argv.includes('--test') ? 'test' : 'start');
  say(`ready after ${((performance.now() - start) / 1000).toFixed(1)} s`);
});
