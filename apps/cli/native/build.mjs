// Builds the launcher behind `ringfence run --like lambda` for x86_64 and arm64: static, so that it starts in any root.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { arch } from 'node:os';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('lambda-sandbox.c', import.meta.url));
const targets = [
  { name: 'x86_64', node: 'x64', compiler: 'x86_64-linux-gnu-gcc' },
  { name: 'arm64', node: 'arm64', compiler: 'aarch64-linux-gnu-gcc' },
];

for (const { name, node, compiler } of targets) {
  const folder = fileURLToPath(new URL(`build/${name}/`, import.meta.url));
  const output = `${folder}lambda-sandbox`;
  mkdirSync(folder, { recursive: true });
  execFileSync(
    node === arch() ? 'gcc' : compiler,
    [
      ...['-std=c11', '-D_GNU_SOURCE', '-O2', '-s', '-static'],
      ...['-Wall', '-Wextra', '-Werror', '-Wshadow', source, '-o', `${output}.new`],
    ],
    { stdio: 'inherit' },
  );
  renameSync(`${output}.new`, output);
}
