import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditsOf, compileProgram } from '../../init/test/protect.ts';
import { runWithLibrary } from './guarded.ts';

const EPERM = 1;
const ENOSYS = 38;

let tools: string;
let attack: string;
let attackOfMusl: string;
let evil: string;
let evilOfLibc: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-library-'));
  chmodSync(tools, 0o755);
  const at = (name: string, from: string) => {
    cpSync(from, join(tools, name));
    return join(tools, name);
  };
  attack = at('attack', compileProgram('attack.c'));
  evil = at('evil', compileProgram('evil.c', ['-static']));
  evilOfLibc = at('evil-libc', compileProgram('evil.c', []));
  attackOfMusl = join(tools, 'attack-musl');
  const source = fileURLToPath(new URL('starts.c', import.meta.url));
  execFileSync('musl-gcc', ['-O1', '-Wall', '-Wextra', '-Werror', source, '-o', attackOfMusl]);
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

/** Every way to start a program through libc, with the errno that it must meet when only the main process is allowed. */
const ways: [name: string, errno: number][] = [
  ...[
    'execve',
    'execveat',
    'relative',
    'fexecve',
    'proc-fd',
    'memfd',
    'memfd-path',
    'deleted',
    'posix_spawn',
    'vfork',
    'clone3',
    'thread',
    'self',
    'script',
    'symlink',
    'dot-dot',
    'proc-root',
    'nondumpable',
    'end-of-mapping',
    'copy-of-name',
    'traced',
    ...(process.arch === 'x64' ? ['loader'] : []),
  ].map((way): [string, number] => [way, EPERM]),
  ['system', 127],
  ['io_uring', ENOSYS],
];

describe('prevent', () => {
  it.each(ways)('stops %s', async (way, errno) => {
    const finished = await runWithLibrary({ effect: 'prevent', allow: ['/usr/bin/true'] }, [
      attack,
      way,
      evil,
      '/usr/bin/true',
    ]);
    expect(finished.stdout).not.toContain('EVIL RAN');
    expect(finished.stdout).toContain(`RESULT ${errno}\n`);
    expect(auditsOf(finished, 'process')[0]).toMatchObject({
      effect: 'prevent',
      action: 'blocked',
      detail: { caller: attack },
    });
  });
});

it('stops what looks like a crypto-miner although its path is allowed', async () => {
  const line = '/usr/bin/printf %s --donate-level=1; /usr/bin/printf b';
  const finished = await runWithLibrary({ effect: 'prevent', allow: ['/usr/bin/printf'] }, [
    '/bin/sh',
    '-c',
    line,
  ]);
  expect(finished.stdout).toBe('b');
  expect(auditsOf(finished, 'process')).toMatchObject([
    { effect: 'prevent', action: 'blocked', detail: { reason: expect.stringContaining('crypto-miner') } },
  ]);
});

const started = (outcome: string) =>
  ['posix_spawn', 'posix_spawnp', 'fork', 'vfork', 'execvp', 'syscall'].map((way) => `${way} ${outcome}`);
const lines = (text: string) => text.split('\n').filter((line) => line && line !== 'EVIL RAN');

describe('a program of musl', () => {
  it('starts nothing that the policy does not name', async () => {
    const finished = await runWithLibrary({ effect: 'prevent' }, [attackOfMusl, evilOfLibc]);
    const [spawn, spawnByName, ...forks] = lines(finished.stdout);
    expect([spawn, spawnByName]).toEqual(started('Operation not permitted').slice(0, 2));
    expect(forks).toEqual(started('failed').slice(2));
    expect(auditsOf(finished, 'process')[0]).toMatchObject({
      action: 'blocked',
      detail: { path: evilOfLibc },
    });
  });

  it('starts what the policy names', async () => {
    const finished = await runWithLibrary({ effect: 'prevent', allow: [evilOfLibc] }, [
      attackOfMusl,
      evilOfLibc,
    ]);
    expect(lines(finished.stdout)).toEqual(started('ran'));
    expect(auditsOf(finished, 'process')).toEqual([]);
  });
});

it('is there before the first code of a program', async () => {
  const early = join(tools, 'early-start');
  const source = fileURLToPath(new URL('early-start.c', import.meta.url));
  const flags = ['-O1', '-Wall', '-Wextra', '-Werror', `-DPROGRAM="${evilOfLibc}"`, '-Wl,-z,now'];
  execFileSync('gcc', [...flags, source, '-o', early]);
  const finished = await runWithLibrary({ effect: 'prevent' }, [early]);
  expect(finished.stdout).toBe(`RESULT ${EPERM}\n`);
});

describe('a static program', () => {
  it('is not started by a pattern with wildcards, since the guard can not go with it', async () => {
    const finished = await runWithLibrary({ effect: 'prevent', allow: [`${tools}/**`] }, [
      attack,
      'execve',
      evil,
    ]);
    expect(finished.stdout).toBe(`RESULT ${EPERM}\n`);
    expect(auditsOf(finished, 'process')[0]).toMatchObject({
      action: 'blocked',
      detail: { reason: expect.stringContaining('static') },
    });
  });

  it('is started when it is named, and told as unguarded', async () => {
    const finished = await runWithLibrary({ effect: 'prevent', allow: [evil] }, [attack, 'execve', evil]);
    expect(finished.stdout).toContain('EVIL RAN');
    expect(auditsOf(finished, 'process')[0]).toMatchObject({
      action: 'allowed',
      message: expect.stringContaining('runs without the guard'),
    });
  });

  it('is found, too, in the place of a program that was started before', async () => {
    const changing = join(tools, 'changing');
    cpSync('/usr/bin/true', changing);
    chmodSync(changing, 0o777);
    const script = `
import os, shutil, sys, time
def start():
    return os.waitstatus_to_exitcode(os.waitpid(os.posix_spawn(sys.argv[1], sys.argv[1:2], {}), 0)[1])
time.sleep(4) # what has just been changed is read each time
print(start(), start())
with open(sys.argv[2], 'rb') as static, open(sys.argv[1], 'wb') as program: shutil.copyfileobj(static, program)
try: start()
except PermissionError: print('refused')
`;
    const finished = await runWithLibrary({ effect: 'prevent', allow: [`${tools}/**`] }, [
      ...['/usr/bin/python3', '-c', script, changing, evil],
    ]);
    expect(finished.stdout).toBe('0 0\nrefused\n');
  });

  it('is no runtime that could be guarded: coverage says so, or it does not stay', async () => {
    const open = await runWithLibrary({ effect: 'prevent' }, [evil], { onError: 'open' });
    expect(open.stdout).toContain('EVIL RAN');
    expect(auditsOf(open, 'coverage')[0]).toMatchObject({
      detail: { tier: 'none', sections: { process: 'unguarded' } },
    });
    const closed = await runWithLibrary({ effect: 'prevent' }, [evil], { onError: 'closed' });
    expect(closed.code).toBe(1);
    expect(closed.stderr).toContain('static program');
  });
});

describe('a child', () => {
  const shell = (script: string, allow: string[] = ['/usr/bin/env', '/bin/sh']) =>
    runWithLibrary({ effect: 'prevent', allow }, ['/usr/bin/env', '/bin/sh', '-c', script]);

  it('is guarded as well, however its environment was made', async () => {
    const finished = await shell('env -i /bin/sh -c "env -u LD_PRELOAD /bin/sh -c /bin/ls"');
    expect(finished.stderr).toContain('Operation not permitted');
    expect(auditsOf(finished, 'process')[0]).toMatchObject({ detail: { path: '/usr/bin/ls' } });
  });

  it('gets no code that would run before the guard', async () => {
    const finished = await shell(
      `LD_PRELOAD=${tools}/none.so LD_AUDIT=${tools}/none.so LD_LIBRARY_PATH=${tools} env`,
    );
    expect(finished.stderr).toBe('');
    expect(finished.stdout).toMatch(/^LD_PRELOAD=\S+\/\.ringfence\/guard\.so$/m);
    expect(finished.stdout).not.toMatch(/LD_AUDIT|LD_LIBRARY_PATH|none/);
  });

  it('keeps what the function had', async () => {
    const finished = await runWithLibrary(
      { effect: 'prevent', allow: ['/usr/bin/env'] },
      ['/usr/bin/env', 'env'],
      {
        env: { LD_LIBRARY_PATH: '/opt/lib' },
      },
    );
    expect(finished.stdout).toMatch(/^LD_LIBRARY_PATH=\/opt\/lib$/m);
  });

  it('does not see variables that the policy hides', async () => {
    const rule = { process: { effect: 'prevent' as const, allow: ['/usr/bin/env'] }, secrets: ['*_TOKEN'] };
    const finished = await runWithLibrary(rule, ['/bin/sh', '-c', 'echo $MY_TOKEN; exec env'], {
      env: { MY_TOKEN: 'hush', OTHER: 'seen' },
    });
    expect(finished.stdout.match(/hush/g)).toHaveLength(1);
    expect(finished.stdout).toContain('OTHER=seen');
  });
});

it('has later programs map the C library that the init has prepared, and guards them as well', async () => {
  const count = 'grep -c "r-xp.*memfd:ringfence" /proc/self/maps';
  const script = `for try in $(seq 100); do n=$(${count}); [ "$n" -lt 4 ] || break; done; echo $n; env /bin/ls`;
  const allow = ['/usr/bin/seq', '/usr/bin/grep', '/usr/bin/env'];
  const finished = await runWithLibrary({ effect: 'prevent', allow }, ['/bin/sh', '-c', script]);
  expect(finished.stdout).toBe('4\n'); // libc and the loader, each with its trampolines
  expect(finished.stderr).toContain('Operation not permitted');
  expect(auditsOf(finished, 'process')).toMatchObject([
    { action: 'blocked', detail: { path: '/usr/bin/ls', caller: '/usr/bin/env' } },
  ]);
});

it('lets a script that starts the runtime use its shell and helpers until then', async () => {
  const bootstrap = join(tools, 'bootstrap');
  writeFileSync(bootstrap, `#!/bin/bash\ncd "$(dirname "$0")"; exec ${attack} execve ${evilOfLibc}\n`, {
    mode: 0o755,
  });
  const finished = await runWithLibrary({ effect: 'prevent' }, [bootstrap]);
  expect(finished.stdout).toBe(`RESULT ${EPERM}\n`);
});

it('takes no shell that the runtime starts for its start, also where no event ever ends that', async () => {
  const start = join(tools, 'stay');
  const helpers = '( /usr/bin/printf a | /usr/bin/tr a b )';
  const runtime = '/usr/bin/awk "BEGIN { system(\\"/usr/bin/printf c; /usr/bin/printf d\\") }"';
  writeFileSync(start, `#!/bin/sh\n${helpers}\n${runtime}\n/usr/bin/printf e\n`, { mode: 0o755 });
  const finished = await runWithLibrary({ effect: 'prevent', allow: ['/usr/bin/dash'] }, [start]);
  expect(finished.stdout).toBe('be');
  expect(auditsOf(finished, 'process')).toMatchObject([
    { detail: { path: '/usr/bin/printf', caller: '/usr/bin/dash', argv: ['/usr/bin/printf', 'c'] } },
    { detail: { argv: ['/usr/bin/printf', 'd'] } },
  ]);
});

describe('learn and alert', () => {
  it('alert lets it run and tells', async () => {
    const finished = await runWithLibrary({ effect: 'alert' }, [attack, 'execve', evilOfLibc]);
    expect(finished.stdout).toContain('EVIL RAN');
    expect(auditsOf(finished, 'process')[0]).toMatchObject({ effect: 'alert', action: 'allowed' });
  });
});

/** Each starts /bin/ls and catches that it may not. */
const runtimes: [name: string, command: string[], allowed: string][] = [
  [
    'Node',
    [
      process.execPath,
      '-e',
      "try{require('child_process').execFileSync('/bin/ls');console.log('ran')}catch(e){console.log(e.code)}",
    ],
    'EPERM',
  ],
  [
    'Python',
    [
      '/usr/bin/python3',
      '-c',
      "import subprocess\ntry:\n subprocess.run(['/bin/ls']);print('ran')\nexcept PermissionError: print('EPERM')",
    ],
    'EPERM',
  ],
  [
    'Ruby',
    [
      '/usr/bin/ruby',
      '-e',
      "begin; p Process.wait(Process.spawn('/bin/ls')); rescue Errno::EPERM; puts 'EPERM'; end",
    ],
    'EPERM',
  ],
  [
    'Java',
    [
      '/usr/bin/java',
      '-Xshare:auto',
      '-XX:TieredStopAtLevel=1',
      fileURLToPath(new URL('Starts.java', import.meta.url)),
    ],
    'EPERM',
  ],
];

describe.each(runtimes)('%s', (_, command, expected) => {
  it('is guarded at tier T2', async () => {
    const finished = await runWithLibrary({ effect: 'prevent' }, command);
    expect(finished.stdout.trim()).toBe(expected);
    expect(auditsOf(finished, 'coverage')[0]).toMatchObject({
      detail: { tier: 'T2', filter: false, sections: { process: 'prevent' } },
    });
    expect(auditsOf(finished, 'process')[0]).toMatchObject({
      action: 'blocked',
      detail: { caller: expect.anything() },
    });
  });
});

function compileLibrary(name: string): string {
  const library = join(tools, `${name}.so`);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  execFileSync('gcc', ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', source, '-o', library]);
  return library;
}

it('a library that is loaded later, with system calls of its own, is led through the guard as well', async () => {
  const library = compileLibrary('raw-call');
  const script = `import ctypes
call = ctypes.CDLL("${library}").raw_execve
print(call(b"${evilOfLibc}", (ctypes.c_char_p * 2)(b"evil", None), (ctypes.c_char_p * 1)(None)))`;
  const finished = await runWithLibrary({ effect: 'prevent' }, ['/usr/bin/python3', '-c', script]);
  expect(finished.stdout).toBe(`${EPERM}\n`);
  expect(auditsOf(finished, 'process')).toMatchObject([{ action: 'blocked', detail: { path: evilOfLibc } }]);
});

it.skipIf(process.arch !== 'x64').each(['number_apart', 'number_in_register'])(
  'a system call of such a library is led through the guard: %s',
  async (name) => {
    const script = `import ctypes
call = ctypes.CDLL("${compileLibrary('raw-call-apart')}").${name}
print(call(b"${evilOfLibc}", (ctypes.c_char_p * 2)(b"evil", None), (ctypes.c_char_p * 1)(None)))`;
    const finished = await runWithLibrary({ effect: 'prevent' }, ['/usr/bin/python3', '-c', script]);
    expect(finished.stdout).toBe(`${-EPERM}\n`);
    expect(auditsOf(finished, 'process')).toMatchObject([
      { action: 'blocked', detail: { path: evilOfLibc } },
    ]);
  },
);

it.skipIf(process.arch !== 'x64')(
  'a library whose instructions only look like system calls does what it did',
  async () => {
    const script = `import ctypes
library = ctypes.CDLL("${compileLibrary('look-alike')}")
bytes = ctypes.create_string_buffer(16)
print(library.store_and_compare(bytes, 0, 6), library.store_and_test(bytes, 1, 7), library.load_and_test(bytes, 1))
print(hex(library.number()), bytes.raw[5:7])`;
    const finished = await runWithLibrary({ effect: 'prevent' }, ['/usr/bin/python3', '-c', script]);
    expect(finished).toMatchObject({ stdout: "1 0 0\n0x3d050f b'\\x06\\x07'\n", code: 0 });
  },
);

it.skipIf(process.arch !== 'x64')(
  'a mapping of code keeps the vector registers, as the kernel does',
  async () => {
    const script = `import ctypes
print(ctypes.CDLL("${compileLibrary('keep-vectors')}").keeps_vectors(b"${compileLibrary('look-alike')}"))`;
    const finished = await runWithLibrary({ effect: 'prevent' }, ['/usr/bin/python3', '-c', script]);
    expect(finished).toMatchObject({ stdout: '1\n', code: 0 });
  },
);
