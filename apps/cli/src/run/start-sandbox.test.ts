import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const failToStart = `
import { startSandbox } from ${JSON.stringify(fileURLToPath(new URL('./start-sandbox.ts', import.meta.url)))};
try {
  startSandbox({
    places: { isolation: 'folder', taskRoot: '/tmp', runtimeFolder: '/tmp' },
    packageFolder: '/tmp',
    commandLine: ['/bin/true'],
    environment: { BAD: 'zero\\0byte' },
    memoryMb: 128,
    like: 'container',
    user: 993,
  });
} catch (error) {
  console.log(error.code);
}
`;

test('a sandbox that cannot be started leaves nothing behind that keeps the program waiting', () => {
  const ran = spawnSync(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', '--input-type=module', '--eval', failToStart],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect(ran).toMatchObject({ status: 0, signal: null, stdout: 'ERR_INVALID_ARG_VALUE\n' });
});
