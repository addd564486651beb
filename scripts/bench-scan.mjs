// `npm run bench:scan`: sets up by itself, then measures the scanner: its database, and a large package. Nothing else should run meanwhile.
import { run } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  await setUp('start');
  for (const bench of ['database', 'scan'])
    await run(
      'node',
      ['--conditions=source', '--import', 'tsx', `packages/scan/bench/${bench}.ts`],
      'Its messages are above.',
    );
});
