import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { runFunction } from './run-function.ts';
import type { RunOptions } from './run-options.ts';
import { findIsolation } from './sandbox-places.ts';

const source = join(import.meta.dirname, '../../native/test/lambda-probe.c');
const look = `
import ctypes, os, resource, subprocess, threading
libc = ctypes.CDLL(None, use_errno=True)
def attempt(work):
    try:
        work()
        return "ok"
    except (OSError, ValueError) as error:
        return str(error)
def read_descriptor(number):
    try:
        return os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        return ""
def name_thread():
    result = libc.prctl(15, b"worker", 0, 0, 0)
    return "ok" if result == 0 else os.strerror(ctypes.get_errno())
def lambda_handler(event, context):
    status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
    threads = [threading.Thread(target=lambda: None, name="worker") for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    space = os.statvfs("/tmp")
    return {
        "calls": dict(line.split() for line in subprocess.check_output(["./probe"], text=True).splitlines()),
        "pythonPrctl": name_thread(),
        "user": [os.getuid(), os.getgid(), os.getgroups()],
        "capabilities": sorted({status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}),
        "noNewPrivs": status["NoNewPrivs"],
        "filters": status["Seccomp_filters"],
        "openFiles": [path for path in map(read_descriptor, range(3, 64)) if path.startswith("/")],
        "files": resource.getrlimit(resource.RLIMIT_NOFILE), "processes": resource.getrlimit(resource.RLIMIT_NPROC),
        "raise": attempt(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (2048, 2048))),
        "task": attempt(lambda: open("/var/task/x", "w")), "tmp": attempt(lambda: open("/tmp/x", "w")),
        "tmpMb": space.f_blocks * space.f_frsize // 1024 // 1024,
        "sharedMemory": os.path.exists("/dev/shm"),
        "release": os.uname().release,
    }
`;

describe.skipIf(findIsolation() !== 'namespaces')('the sandbox that is imitated', () => {
  const runProbe = async (options: Partial<RunOptions>) => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'lambda_function.py'), look);
    execFileSync('gcc', ['-D_GNU_SOURCE', '-Wall', '-Werror', source, '-o', join(folder, 'probe')]);
    const outcome = await runFunction({
      package: folder,
      timeoutSeconds: 20,
      ...options,
      events: [Buffer.from('{}')],
    });
    return { sandbox: outcome.sandbox, seen: JSON.parse(String(outcome.invocations[0]?.payload)) };
  };

  test("lambda: calls are answered as public reports say of Lambda, and a process can't restrict itself", async () => {
    const { sandbox, seen } = await runProbe({ like: 'lambda' });
    expect(sandbox).toMatchObject({ like: 'lambda', isolation: 'namespaces', user: 993 });
    expect(seen.calls).toEqual({
      PR_SET_NO_NEW_PRIVS: 'EPERM',
      PR_SET_NAME: 'EPERM',
      PR_GET_DUMPABLE: 'EPERM',
      seccomp: 'EPERM',
      landlock: 'ENOSYS',
      futex_waitv: 'ENOSYS',
      io_uring: 'EPERM',
      fallocate: 'EPERM',
      unshare: 'EPERM',
      clone: 'EPERM',
      setns: 'EPERM',
      mount: 'EPERM',
      ptrace: 'EPERM',
      setuid: 'EPERM',
      ...(process.arch === 'x64' ? { int80: 'SYS' } : {}),
    });
    expect(seen.pythonPrctl).toBe('Operation not permitted');
    expect(seen).toMatchObject({ noNewPrivs: '0', filters: '1' });
  });

  test('lambda: user, rights, limits and folders are those of Lambda', async () => {
    const { seen } = await runProbe({ like: 'lambda' });
    expect(seen).toMatchObject({
      user: [993, 993, []],
      capabilities: ['0000000000000000'],
      files: [1024, 1024],
      processes: [1024, 1024],
      raise: 'not allowed to raise maximum limit',
      task: "[Errno 30] Read-only file system: '/var/task/x'",
      tmp: 'ok',
      tmpMb: 512,
      sharedMemory: false,
      release: execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim(),
      openFiles: [],
    });
  });

  test('container, the default: nothing is filtered, and the user can be root without capabilities', async () => {
    const { sandbox, seen } = await runProbe({ user: 0 });
    expect(sandbox).toMatchObject({ like: 'container', user: 0 });
    expect(seen.calls).toMatchObject({ PR_SET_NO_NEW_PRIVS: 'ok', PR_SET_NAME: 'ok', seccomp: 'ok' });
    expect(seen).toMatchObject({
      user: [0, 0, []],
      capabilities: ['0000000000000000'],
      noNewPrivs: '0',
      filters: '0',
      task: "[Errno 30] Read-only file system: '/var/task/x'",
    });
  });

  test('lambda: cannot be had without namespaces', async () => {
    await expect(runProbe({ like: 'lambda', isolation: 'folder' })).rejects.toThrow(
      'only be imitated by root',
    );
  });
});
