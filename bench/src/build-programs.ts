import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = [
  'start-meter',
  'runtime',
  'runtime-api',
  'invocation-meter',
  'exec-meter',
  'call-meter',
  'worker',
  'nothing',
] as const;

/** Builds the programs of `programs/`, static, in a folder that every user can read; `denied` is another `nothing`. */
export function buildPrograms() {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
  chmodSync(folder, 0o755);
  const build = (name: string, output = name) => {
    const source = fileURLToPath(new URL(`../programs/${name}.c`, import.meta.url));
    const flags = ['-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Werror', '-static'];
    execFileSync('gcc', [...flags, source, '-o', join(folder, output)]);
    return join(folder, output);
  };
  const built = Object.fromEntries(names.map((name) => [name, build(name)])) as Record<
    (typeof names)[number],
    string
  >;
  return {
    programs: { ...built, denied: build('nothing', 'denied') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Programs = ReturnType<typeof buildPrograms>['programs'];
