import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const staticOnes = [
  'start-meter',
  'runtime',
  'runtime-api',
  'invocation-meter',
  'worker',
  'nothing',
] as const;
/** What is measured at tier T2, too, where only programs that load the C library can be guarded. */
const dynamicOnes = ['exec-meter', 'call-meter', 'connect-meter', 'open-meter', 'lookup-meter'] as const;

type Name = (typeof staticOnes)[number] | (typeof dynamicOnes)[number];

/** Builds the programs of `programs/` in a folder that every user can read; `denied` and `tool` are other `nothing`s. */
export function buildPrograms() {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
  chmodSync(folder, 0o755);
  const build = (name: Name, link: string[], output: string = name) => {
    const source = fileURLToPath(new URL(`../programs/${name}.c`, import.meta.url));
    const flags = ['-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Werror', ...link];
    execFileSync('gcc', [...flags, source, '-o', join(folder, output)]);
    return join(folder, output);
  };
  const built = Object.fromEntries([
    ...staticOnes.map((name) => [name, build(name, ['-static'])]),
    ...dynamicOnes.map((name) => [name, build(name, [])]),
  ]) as Record<Name, string>;
  const scratch = join(folder, 'scratch');
  writeFileSync(scratch, 'some bytes');
  chmodSync(scratch, 0o666);
  const scratchLink = join(folder, 'link');
  symlinkSync('scratch', scratchLink);
  return {
    programs: {
      ...built,
      denied: build('nothing', ['-static'], 'denied'),
      /** Loads the C library. */
      tool: build('nothing', [], 'tool'),
      /** A file that every user may read and write. */
      scratch,
      /** A symlink to it. */
      scratchLink,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Programs = ReturnType<typeof buildPrograms>['programs'];
