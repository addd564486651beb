// Builds TypeScript, the web UI, the init and the examples, each only when its sources changed.
import { buildAll, buildExamples } from './setup/build-all.mjs';
import { runScript } from './setup/say.mjs';

await runScript(async () => {
  await buildAll();
  await buildExamples();
});
