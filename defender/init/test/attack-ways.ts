const EPERM = 1;
const ENOSYS = 38;

type Way = [name: string, errno: number, call: string];

/** Every way to start a program, with the errno that it must meet when only the main process is allowed. */
export const commonWays: Way[] = [
  ['execve', EPERM, 'execve'],
  ['execveat', EPERM, 'execveat'],
  ['relative', EPERM, 'execve'],
  ['fexecve', EPERM, 'execveat'],
  ['proc-fd', EPERM, 'execve'],
  ['memfd', EPERM, 'execveat'],
  ['memfd-path', EPERM, 'execve'],
  ['deleted', EPERM, 'execveat'],
  ['posix_spawn', EPERM, 'execve'],
  ['vfork', EPERM, 'execve'],
  ['clone3', EPERM, 'execve'],
  ['thread', EPERM, 'execve'],
  ['self', EPERM, 'execve'],
  ['system', 127, 'execve'],
  ['script', EPERM, 'execve'],
  ['symlink', EPERM, 'execve'],
  ['dot-dot', EPERM, 'execve'],
  ['proc-root', EPERM, 'execve'],
  ['nondumpable', EPERM, 'execve'],
  ['end-of-mapping', EPERM, 'execve'],
  ['traced', EPERM, 'execve'],
  ['own-filter', EPERM, 'execve'],
  ['held-memory', EPERM, 'execve'],
  ['copy-of-name', EPERM, 'execve'],
  ['io_uring', ENOSYS, 'io_uring_setup'],
];

/** Those that only x86_64 has, by its other tables of system calls and its loader's path. */
export const x86Ways: Way[] = [
  ['loader', EPERM, 'execve'],
  ['int80', EPERM, 'execve'],
  ['x32', EPERM, 'execve'],
];

/** Every way to act on the init itself. */
export const tamperWays = [
  'kill-init',
  'kill-all',
  'kill-group',
  'tgkill-init',
  'sigqueue-init',
  'ptrace-init',
  'pidfd-init',
  'limit-init',
  'write-init',
  'sigio-as-owner',
  'kill-as-owner',
  'stop-as-owner',
  'proc-folder-signal',
  'idle-init',
  'nice-init',
  'nice-user',
  'idle-io-init',
  'idle-io-user',
  'set-binary',
  'hold-kernel-faults',
  'take-lease',
  'mount',
  'move-mount',
  'open-file-system',
  'pivot-root',
  'open-tree',
  'chroot',
];
