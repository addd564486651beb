import { listCSources } from './list-sources.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';

const fix = 'Its messages are above; "npm run format" puts the format right.';

/** Format, lint and types of all that is in the project. Ends the script at the first that fails. */
export async function runChecks() {
  await step('format and lint (biome)', () =>
    run('node', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'], fix),
  );
  await step('format of C (clang-format)', () =>
    run(
      'clang-format',
      ['--dry-run', '-Werror', ...listCSources()],
      `${fix} Missing? apt-get install clang-format`,
    ),
  );
  await step('types (tsc)', async () => {
    await run('node', ['node_modules/typescript/bin/tsc', '-b'], fix);
    await run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.tests.json'], fix);
  });
  await step('C with all warnings as errors (gcc)', async () => {
    await run('node', ['defender/init/build.mjs'], fix);
    await run('node', ['apps/cli/native/build.mjs'], fix);
  });
}
