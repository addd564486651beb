// Checks format, lint and types of everything, C included. Changes nothing; `npm run format` does.
import { runChecks } from './setup/run-checks.mjs';
import { runScript } from './setup/say.mjs';

await runScript(runChecks);
