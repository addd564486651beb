import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** The two ends of a pipe: a stream to read here, a descriptor for a child. */
export interface Output {
  reader: Readable;
  descriptor: number;
  /** Closes our copy of the child's end: the reader then ends when the child's side is gone, at once where there is no child. */
  release(): void;
}

/**
 * Makes a pipe for the output of a function. Node's own are sockets, which nothing can open through `/dev/stdout`; a named pipe
 * that everyone may open can, also as another user. `folder` is private, so that nobody else finds it.
 */
export function openOutput(folder: string, name: string): Output {
  const path = join(folder, name);
  const made = spawnSync('/usr/bin/mkfifo', [path]);
  if (made.status !== 0) throw new Error(`mkfifo ${path}: ${made.error?.message ?? made.stderr}`);
  chmodSync(path, 0o666);
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const descriptor = openSync(path, constants.O_WRONLY);
  return {
    reader: new Socket({ fd: reading, readable: true, writable: false }),
    descriptor,
    release: () => closeSync(descriptor),
  };
}
