import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = [
  'src',
  'public',
  '../../packages/policy/src',
  '../../packages/audit/src',
  '../../packages/learn/src',
  '../../packages/findings/src',
  '../../packages/waas/src',
  '../../packages/waas/build',
];

function newest(): number {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(root, folder, file),
    ),
  );
  files.push(join(root, 'index.html'), join(root, 'vite.config.ts'));
  return Math.max(...files.filter((file) => !file.includes('.test.')).map((file) => statSync(file).mtimeMs));
}

/** Builds the UI that the Console serves, unless what is built is newer than its sources. */
export async function buildWeb(): Promise<void> {
  const built = statSync(join(root, 'dist/index.html'), { throwIfNoEntry: false });
  if (built && built.mtimeMs >= newest()) return;
  // In a process of its own: under vitest's NODE_ENV it would become a development build.
  const vite = fileURLToPath(new URL('../../bin/vite.js', import.meta.resolve('vite')));
  await promisify(execFile)(process.execPath, [vite, 'build', root], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
