// Runs the measurements of bench/ one after another, or those that the arguments name. Nothing else should run meanwhile.
import { listSources } from './setup/list-sources.mjs';
import { run } from './setup/run.mjs';
import { runScript, SetupError } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  const wanted = process.argv.slice(2);
  await setUp('test');
  const all = listSources('bench', /\.bench\.(ts|mjs)$/).sort();
  const chosen = wanted.length === 0 ? all : all.filter((path) => wanted.some((word) => path.includes(word)));
  if (chosen.length === 0) throw new SetupError(`No measurement matches. There are: ${all.join(', ')}`, 2);
  for (const path of chosen)
    await run('node', ['--conditions=source', '--import', 'tsx', path], 'Its messages are above.');
});
