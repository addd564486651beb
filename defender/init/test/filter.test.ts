import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { headerFlags, sourceOf } from '../sources.mjs';

const init = fileURLToPath(new URL('..', import.meta.url));
const emulator = '/usr/bin/qemu-aarch64';

/** AUDIT_ARCH_* of include/uapi/linux/audit.h, and where the kernel's headers have the table's numbers. */
const tables = {
  x86_64: { audit: 0xc000003e, numbers: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h' },
  i386: { audit: 0x40000003, numbers: '/usr/include/x86_64-linux-gnu/asm/unistd_32.h' },
  arm64: { audit: 0xc00000b7, numbers: '/usr/aarch64-linux-gnu/include/asm-generic/unistd.h' },
  arm: { audit: 0x40000028, numbers: undefined },
} as const;
type Table = keyof typeof tables;

const sections = { process: 1, network: 2, files: 4, secrets: 8 };
const X32 = 0x40000000;

/** Where the headers have another name for what the init tells by the common one. */
const namesOfI386: Record<string, string> = {
  ...{ mmap: 'mmap2', old_mmap: 'mmap', chown: 'chown32', lchown: 'lchown32', fchown: 'fchown32' },
  ...{ chown16: 'chown', lchown16: 'lchown', fchown16: 'fchown' },
};
/** Calls that came after Debian's headers. */
const newer = ['fchmodat2', 'setxattrat', 'removexattrat'];

/** Builds the filter of an architecture as a program that runs it. */
function buildFilter(arch: 'x86_64' | 'arm64') {
  const program = `${init}build/test/filter-host-${arch}`;
  mkdirSync(`${init}build/test`, { recursive: true });
  const isNative = arch === (process.arch === 'arm64' ? 'arm64' : 'x86_64');
  const compiler = isNative ? 'gcc' : 'aarch64-linux-gnu-gcc';
  const sources = [...headerFlags, sourceOf('filter'), sourceOf('calls'), `${init}test/filter-host.c`];
  execFileSync(compiler, [
    '-O1',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-D_GNU_SOURCE',
    ...sources,
    '-static',
    '-o',
    program,
  ]);
  const run = (argument: string, input: string) => {
    const [command = '', ...before] = isNative ? [program] : [emulator, program];
    return execFileSync(command, [...before, argument], { input, encoding: 'utf8' })
      .trimEnd()
      .split('\n');
  };
  const calls = run('list', '').map((line) => {
    const [audit, number, name = '', of] = line.split(' ');
    return { audit: Number(audit), number: Number(number), name, sections: Number(of) };
  });
  return {
    calls: calls.filter(({ number }) => number !== 0xffffffff),
    /** What becomes of each call: its table, number or name, and arguments. */
    judge: (of: number, asked: [table: number, call: number | string, ...args: (number | bigint)[]][]) =>
      run(
        String(of),
        asked
          .map(([table, call, ...args]) => {
            const named = calls.find(({ audit, name }) => audit === table && name === call);
            return `${[table, typeof call === 'number' ? call : (named?.number ?? -1), ...args].join(' ')}\n`;
          })
          .join(''),
      ),
  };
}

const builds = (['x86_64', 'arm64'] as const).filter(
  (arch) =>
    arch === (process.arch === 'arm64' ? 'arm64' : 'x86_64') || (arch === 'arm64' && existsSync(emulator)),
);

describe.each(builds)('the filter of %s', (arch) => {
  const filter = buildFilter(arch);
  const own: Table[] = arch === 'x86_64' ? ['x86_64', 'i386'] : ['arm64', 'arm'];

  it.each(own.filter((table) => tables[table].numbers))('has the kernel’s numbers of %s', (table) => {
    const { audit, numbers = '' } = tables[table];
    const header = readFileSync(numbers, 'utf8');
    const known = new Map(
      [...header.matchAll(/#define __NR(?:3264)?_(\w+)\s+(\d+)/g)].map(([, name = '', number]) => [
        name,
        Number(number),
      ]),
    );
    const listed = filter.calls.filter((call) => call.audit === audit && call.number < X32);
    expect(listed.length).toBeGreaterThan(20);
    for (const { name, number } of listed) {
      const inHeader = (table === 'i386' && namesOfI386[name]) || name;
      if (!newer.includes(name)) expect(`${name} ${number}`).toBe(`${name} ${known.get(inHeader)}`);
    }
  });

  it.each(own)('watches of %s what the sections need, and nothing else', (table) => {
    const { audit } = tables[table];
    const numbers = Array.from({ length: 600 }, (_, number) => number);
    // With arguments for which a call that is watched at times is watched.
    const ask = numbers.map((number): [number, number, ...number[]] => [audit, number, 77, 10, 9, 0, 1, 0]);
    for (const of of [...Object.values(sections), 15]) {
      const actions = filter.judge(of, ask);
      for (const number of numbers) {
        const call = filter.calls.find((each) => each.audit === audit && each.number === number);
        if (!call || !(call.sections & of)) expect(`${number} ${actions[number]}`).toBe(`${number} allow`);
        else if (['execve', 'connect', 'sendmsg', 'io_uring_setup'].includes(call.name))
          expect(`${call.name} ${actions[number]}`).toBe(`${call.name} notify`);
      }
    }
  });

  it('kills who uses a table of calls that it does not know', () => {
    expect(filter.judge(15, [[0x80000016 /* s390x */, 1]])).toEqual(['kill']);
  });

  it.each(own)('lets through which sockets of %s the policy judges later', (table) => {
    const { audit } = tables[table];
    const flags = 0o2000000 | 0o4000; // SOCK_CLOEXEC, SOCK_NONBLOCK
    const sockets: [family: number, type: number, protocol: number, action: string][] = [
      [1, 1, 0, 'allow'],
      [1, 5 | flags, 0, 'allow'],
      [2, 1 | flags, 0, 'allow'],
      [2, 1, 6, 'allow'],
      [10, 2 | flags, 17, 'allow'],
      [10, 2, 0, 'allow'],
      [16, 3 | flags, 0, 'allow'],
      [2, 1, 17, 'notify'],
      [2, 2, 6, 'notify'],
      [2, 2, 1, 'notify'],
      [2, 1, 262, 'notify'],
      [2, 3, 1, 'notify'],
      [10, 3, 58, 'notify'],
      [2, 10, 0, 'notify'],
      [10, 5, 132, 'notify'],
      [16, 3, 15, 'notify'],
      [17, 3, 0, 'notify'],
      [40, 1, 0, 'notify'],
      [0, 1, 0, 'notify'],
    ];
    const actions = filter.judge(
      sections.network,
      sockets.map(([family, type, protocol]) => [audit, 'socket', family, type, protocol]),
    );
    expect(actions).toEqual(sockets.map(([, , , action]) => action));
  });

  it.each(own)('looks at what of %s would mislead or hold up the init', (table) => {
    const { audit } = tables[table];
    const high = 1n << 32n;
    const asked: [call: string, args: (number | bigint)[], action: string][] = [
      ['setpriority', [0, 77, 19], 'notify'],
      ['setpriority', [1, 70, 19], 'notify'], // its group
      ['setpriority', [2, 0, 19], 'notify'], // its user
      ['setpriority', [0, 78, 19], 'allow'],
      ['ioprio_set', [1, 77, 0], 'notify'],
      ['ioprio_set', [3, 0, 0], 'notify'],
      ['ioprio_set', [2, 78, 0], 'allow'],
      ['prctl', [35, 13], 'notify'], // PR_SET_MM
      ['prctl', [35n + high, 13], 'notify'],
      ['prctl', [15, 0], 'allow'], // PR_SET_NAME
      ['userfaultfd', [0], 'notify'],
      ['userfaultfd', [0o2000000], 'notify'],
      ['userfaultfd', [0o2000001], 'allow'], // UFFD_USER_MODE_ONLY
      ['fcntl', [3, 10, 9], 'notify'], // F_SETSIG
      ['fcntl', [3, 10, 19], 'notify'],
      ['fcntl', [3, 10, 10], 'allow'],
      ['fcntl', [3, 1024, 1], 'notify'], // F_SETLEASE
      ['fcntl', [3, 1030, 0], 'allow'], // F_DUPFD_CLOEXEC
      ...['mount', 'open_tree', 'move_mount', 'fsopen', 'pivot_root', 'chroot'].map(
        (call): [string, [], string] => [call, [], 'notify'],
      ),
    ];
    const actions = filter.judge(
      sections.process,
      asked.map(([call, args]) => [audit, call, ...args]),
    );
    expect(actions).toEqual(asked.map(([, , action]) => action));
  });

  it.each(own)('reads the arguments of other calls of %s as the kernel does', (table) => {
    const { audit } = tables[table];
    const high = 1n << 40n; // the kernel takes the lower half of a number, and all of a pointer
    expect(
      filter.judge(sections.network, [
        [audit, 'sendto', 3, 0, 0, 0, 0, 0],
        [audit, 'sendto', 3, 0, 0, 0, 4096, 16],
        [audit, 'sendto', 3, 0, 0, 0, high, 16],
        [audit, 'socketpair', 1n + high, 1, 0],
        [audit, 'setsockopt', 3, 0, 4],
        [audit, 'setsockopt', 3, high, 4n + high],
        [audit, 'setsockopt', 3, 0, 1],
        [audit, 'setsockopt', 3, 41, 57],
        [audit, 'setsockopt', 3, 41, 32],
        [audit, 'setsockopt', 3, 41, 26],
        [audit, 'setsockopt', 3, 6, 4],
        [audit, 'kill', 77, 9],
        [audit, 'kill', 77n + high, 9],
        [audit, 'kill', 0xffffffba /* -70 */, 9],
        [audit, 'kill', 78, 9],
      ]),
    ).toEqual(
      ['allow', 'notify', 'notify', 'allow', 'notify', 'notify', 'allow', 'notify'].concat([
        'notify',
        'allow',
        'allow',
        'notify',
        'notify',
        'notify',
        'allow',
      ]),
    );
  });

  it('leaves traffic of the own table to the guard library where that decides, and looks at that of the other', () => {
    const trafficByLibrary = 32;
    const calls = ['connect', 'bind', 'listen', 'sendmsg', 'sendmmsg', 'execve'];
    const judge = (table: Table, more = 0) => {
      const { audit } = tables[table];
      const asked = calls.map((call): [number, string] => [audit, call]);
      const packet: [number, string, number] = [audit, 'socket', 17];
      return filter.judge(sections.network | trafficByLibrary | more, [...asked, packet]);
    };
    const [native = 'x86_64', other = 'i386'] = own;
    const of = (bind: string) => ['allow', bind, 'allow', 'allow', 'allow', 'notify', 'notify'];
    expect(judge(native)).toEqual(of('allow'));
    expect(judge(native, sections.files)).toEqual(of('notify'));
    expect(judge(other)).toEqual(Array(7).fill('notify'));
  });
});

it.skipIf(process.arch !== 'x64')('refuses the rest of x32', () => {
  const { audit } = tables.x86_64;
  const x32 = (number: number): [number, number] => [audit, X32 + number];
  expect(
    buildFilter('x86_64').judge(sections.network | sections.process, [1, 42, 519, 520, 545].map(x32)),
  ).toEqual(['error 38', 'error 38', 'error 38', 'notify', 'notify']);
});
