import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findLauncher } from './find-launcher.ts';
import { type MemoryMeter, makeCgroup } from './memory-meter.ts';
import { openOutput } from './open-output.ts';
import { listDescendants, measureProcesses } from './process-tree.ts';
import { Sandbox, type SandboxRequest } from './sandbox.ts';
import { findPrefix, isRoot } from './sandbox-places.ts';
import { closeInherited, sandboxScript } from './sandbox-script.ts';

/** Starts a runtime in a sandbox of its own. Everything in it dies with this process, also when that is killed. */
export function startSandbox(request: SandboxRequest): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), `ringfence-sandbox-${process.pid}-`));
  const inNamespaces = request.places.isolation === 'namespaces';
  const cgroup = inNamespaces ? makeCgroup(basename(folder), request.memoryMb * 1024 * 1024) : undefined;
  const removeTraces = () => {
    cgroup?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const root = join(folder, 'root');
    mkdirSync(root);
    const prefix = inNamespaces
      ? enterNamespaces(request, root, cgroup?.cgroup)
      : dropPrivileges(request.user);
    // The function's variables (LD_PRELOAD …) come after its privileges have gone, never near a process of root.
    const variables = Object.entries(request.environment).map(([key, value]) => `${key}=${value}`);
    const commandLine = [...prefix, '/usr/bin/env', '-i', '--', ...variables, ...request.commandLine];
    const dying = ['/usr/bin/setpriv', '--pdeathsig', 'KILL'];
    const keep = inNamespaces ? '3' : '2';
    const [stdout, stderr] = [openOutput(folder, 'stdout'), openOutput(folder, 'stderr')];
    let child: ChildProcess;
    try {
      child = spawn('/bin/bash', ['-c', closeInherited, 'sandbox', keep, ...dying, ...commandLine], {
        cwd: request.packageFolder,
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
        stdio: ['ignore', stdout.descriptor, stderr.descriptor, ...(inNamespaces ? (['pipe'] as const) : [])],
        detached: true,
      });
    } finally {
      stdout.release();
      stderr.release();
    }
    const output = { stdout: stdout.reader, stderr: stderr.reader };
    return new Sandbox(child, output, cgroup ?? watchProcesses(child.pid), request, removeTraces);
  } catch (error) {
    removeTraces();
    throw error;
  }
}

function enterNamespaces(request: SandboxRequest, root: string, cgroup: string | undefined): string[] {
  const { packageFolder, clientFolder, layersFolder, interpreter, like, user } = request;
  const folders = [
    ...[root, packageFolder, clientFolder ?? '-', layersFolder ?? '-'],
    ...[findPrefix(interpreter) ?? '-', cgroup ?? '-'],
  ];
  const launcher = like === 'lambda' ? findLauncher() : '-';
  return [
    ...['--', 'unshare', '--mount', '--pid', '--fork', '--kill-child=KILL'],
    ...['/bin/sh', '-c', sandboxScript, 'sandbox', ...folders, launcher, String(user)],
  ];
}

function dropPrivileges(user: number): string[] {
  if (!isRoot()) return ['--'];
  return [
    ...['--reuid', String(user), '--regid', String(user), '--clear-groups'],
    ...['--bounding-set=-all', '--inh-caps=-all', '--'],
  ];
}

function watchProcesses(root: number | undefined): MemoryMeter {
  return {
    kind: 'process tree',
    measure: () => (root === undefined ? 0 : measureProcesses(listDescendants(root))),
    wasKilled: () => false,
    close: () => {},
  };
}
