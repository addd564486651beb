#!/usr/bin/env -S node --
// The two dashes: Node 20 would take a --env-file of ours for its own.
import('../dist/main.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(
    'ringfence: not built yet. Run "npm start" or "npm run build" in the project\'s folder first.',
  );
  if (process.env.RINGFENCE_DEBUG) console.error(error);
  process.exitCode = 3;
});
