import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { findLauncher } from '../run/find-launcher.ts';
import { listDescendants } from '../run/process-tree.ts';
import type { Likeness } from '../run/sandbox-places.ts';

/** Writes an unpacked image: Node and a shell with what they are linked with, and an empty /app. */
export function writeImage(image: string): void {
  for (const program of [process.execPath, '/bin/sh']) {
    const linked = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
    const place = program === '/bin/sh' ? program : '/usr/local/bin/node';
    for (const [from, to] of [[program, place], ...linked.map((path) => [path, path])] as [
      string,
      string,
    ][]) {
      mkdirSync(join(image, dirname(to)), { recursive: true });
      cpSync(from, join(image, to), { dereference: true });
    }
  }
  for (const name of ['dev', 'proc', 'tmp', 'app']) mkdirSync(join(image, name));
}

/**
 * Starts a folder as a container: a root and process namespace of its own, an unprivileged user, /app as its folder; when it is like
 * Lambda, with system calls answered as there.
 */
export function startContainer(
  root: string,
  words: string[],
  environment: Record<string, string>,
  like: Likeness = 'container',
): ChildProcess {
  if (like === 'lambda') cpSync(findLauncher(), join(root, 'launch'));
  const start = { container: ['--userspec=1000:1000', root], lambda: [root, '/launch', '1000'] }[like];
  const script = `mount -t proc proc "$1/proc"
for name in null urandom; do : > "$1/dev/$name"; mount --bind "/dev/$name" "$1/dev/$name"; done
shift
exec chroot "$@"`;
  const enter = ['/bin/sh', '-c', 'cd /app && exec "$@"', 'enter'];
  const child = spawn(
    'unshare',
    ['--mount', '--pid', '--fork', '/bin/sh', '-ec', script, 'start', root, ...start, ...enter, ...words],
    {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin', ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    // Process 1 of the namespace, whose end ends all others. Dropping privileges, it got rid of what --kill-child set.
    for (const pid of listDescendants(child.pid as number).slice(1, 2)) process.kill(pid, 'SIGKILL');
    await ended;
  });
  return child;
}

/** Reads the audits in a container's log. */
export function collectAudits(child: ChildProcess) {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  return () =>
    text.split('\n').flatMap((line) => (line.startsWith('{"ringfence"') ? [JSON.parse(line)] : []));
}

/** A port of loopback that nobody listens at. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** The answer of a server that may still be starting. */
export async function fetchWhenUp(url: string): Promise<string> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return answer.text();
    await sleep(20);
  }
}
