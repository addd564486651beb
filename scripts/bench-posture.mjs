// `npm run bench:posture`: sets up by itself, then measures `ringfence posture`. Nothing else should run meanwhile.
import { run } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  await setUp('start');
  await run(
    'node',
    ['--conditions=source', '--import', 'tsx', 'packages/posture/bench/posture.ts'],
    'Its messages are above.',
  );
});
