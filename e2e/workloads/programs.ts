import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDotnet } from '../../examples/build-dotnet.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const at = (...parts: string[]) => join(here, ...parts);
const isNewer = (source: string, built: string) =>
  !existsSync(built) || statSync(source).mtimeMs > statSync(built).mtimeMs;

export type WorkloadRuntime = 'node' | 'python' | 'java' | 'ruby' | 'dotnet';

function buildJava(): string {
  const output = at('java/build');
  if (isNewer(at('java/Workload.java'), join(output, 'Workload.class'))) {
    mkdirSync(output, { recursive: true });
    execFileSync('javac', ['-d', output, at('java/Workload.java')]);
  }
  return `${output}:/usr/share/java/postgresql.jar`;
}

/** The path of the `dotnet` host, behind the links that lead to it; undefined where it is not installed (Debian has none). */
export function findDotnet(): string | undefined {
  const found = execFileSync('sh', ['-c', 'readlink -f "$(command -v dotnet)" || true'], {
    encoding: 'utf8',
  });
  return found === '' ? undefined : join(dirname(found), 'dotnet');
}

/** Those of them that this machine has. */
export const runtimes: WorkloadRuntime[] = [
  ...(['node', 'python', 'java', 'ruby'] as const),
  ...(findDotnet() ? (['dotnet'] as const) : []),
];

/** The command that runs each runtime's workload; compiles what has to be. */
export function workloadCommand(runtime: WorkloadRuntime): string[] {
  switch (runtime) {
    case 'node':
      return [process.execPath, at('node/workload.mjs')];
    case 'python':
      return ['/usr/bin/python3', at('python/workload.py')];
    case 'ruby':
      return ['/usr/bin/ruby', at('ruby/workload.rb')];
    case 'java':
      return [
        execFileSync('sh', ['-c', 'readlink -f "$(command -v java)"'], { encoding: 'utf8' }).trim(),
        '-cp',
        buildJava(),
        'Workload',
      ];
    case 'dotnet':
      buildDotnet(here, 'dotnet', 'workload');
      return [findDotnet() ?? 'dotnet', at('build/workload/workload.dll')];
  }
}
