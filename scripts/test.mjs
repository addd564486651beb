// `npm test`: sets up, checks, and runs all tests, or those that the arguments name. The last line counts them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './setup/run.mjs';
import { runChecks } from './setup/run-checks.mjs';
import { runScript } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  const only = process.argv.slice(2);
  await setUp('test');
  if (only.length === 0) await runChecks();
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-test-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    process.exitCode = await start('node', ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...only]);
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A test file that cannot even be loaded has no tests to count, but has failed all the same.
    const failed = process.exitCode === 0 ? numFailedTests : Math.max(1, numFailedTests);
    process.stdout.write(
      `\n${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
