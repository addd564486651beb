import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Counts = { sites: number; certain: number; numbered: number; jump: number; patched: number };

/** Builds list-sites for an architecture. Returns the command. */
function buildListSites(arch: 'x86_64' | 'aarch64'): string[] {
  const output = here(`../build/list-sites-${arch}`);
  const [compiler, runner] =
    arch === 'x86_64' ? ['gcc', []] : ['aarch64-linux-gnu-gcc', ['/usr/bin/qemu-aarch64']];
  mkdirSync(here('../build'), { recursive: true });
  const sources = [
    '../src/code-search.c',
    `../src/site-${arch}.c`,
    '../src/site-list.c',
    '../src/instruction.c',
    'list-sites.c',
  ].map(here);
  execFileSync(compiler, ['-static', '-O2', '-Wall', '-Wextra', '-D_GNU_SOURCE', ...sources, '-o', output]);
  return [...runner, output];
}

/** What list-sites says about a file: what it replaced, and its counts. */
function listSites(listing: string[], file: string, which: 'all' | 'certain') {
  const [command = '', ...args] = [...listing, file, which];
  const lines = execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n');
  const counts: Counts = JSON.parse(lines.pop() ?? '');
  const replaced = lines
    .map((line) => line.split(' '))
    .map(([call = '', at = '', length]) => ({
      call: Number.parseInt(call, 16),
      at: Number.parseInt(at, 16),
      length: Number(length),
    }));
  return { ...counts, replaced };
}

/** A file's code as a disassembler sees it, line by line. */
function disassemble(objdump: string, file: string): string[] {
  const options = ['-d', '--no-show-raw-insn', file];
  return execFileSync(objdump, options, { maxBuffer: 1 << 29 })
    .toString('latin1')
    .split('\n');
}

/** Where the code calls the kernel. */
const callsOf = (listing: string[]) =>
  listing.flatMap((line) => {
    const at = /^\s*([0-9a-f]+):\tsyscall/.exec(line)?.[1];
    return at ? [Number.parseInt(at, 16)] : [];
  });

/** Where the code's jumps and calls lead. */
const targetsOf = (listing: string[]) =>
  new Set(
    listing.flatMap((line) => {
      const target = /\t(?:j\w+|call|loop\w*|\w*xbegin)\s+([0-9a-f]+)\b/.exec(line)?.[1];
      return target ? [Number.parseInt(target, 16)] : [];
    }),
  );

/** execve, execveat, open, openat, creat, connect, sendto, sendmsg, sendmmsg, bind, listen, socket, kill, ptrace … */
const deciding = [
  59, 322, 2, 257, 85, 42, 44, 46, 307, 49, 50, 41, 62, 101, 310, 311, 9, 10, 87, 263, 82, 264, 316,
];

/** The number that the code in front of a call loads last, of those that can be one. */
function numberInFrontOf(listing: string[], call: number): number | undefined {
  const line = listing.findIndex((text) => Number.parseInt(text, 16) === call && /\tsyscall/.test(text));
  const loads = listing
    .slice(line - 14, line)
    .map((text) => /mov\s+\$0x([0-9a-f]{1,3}),%(?:eax|al)$/.exec(text)?.[1])
    .filter((number) => number !== undefined);
  return loads.length ? Number.parseInt(loads.at(-1) ?? '', 16) : undefined;
}

describe.skipIf(process.arch !== 'x64').each([
  ["glibc's libc", '/lib/x86_64-linux-gnu/libc.so.6'],
  ["glibc's loader", '/lib64/ld-linux-x86-64.so.2'],
  ['musl', '/lib/ld-musl-x86_64.so.1'],
])('x86_64: %s', (_, file) => {
  it('finds each call, and a way through the library for all but a few', () => {
    const counts = listSites(buildListSites('x86_64'), file, 'all');
    const listing = disassemble('objdump', file);
    const calls = callsOf(listing);
    expect(counts.sites).toBe(calls.length);
    expect(calls).toEqual(expect.arrayContaining(counts.replaced.map(({ call }) => call)));
    expect(counts.patched / counts.sites).toBeGreaterThan(0.95);
    for (const missed of calls.filter((at) => !counts.replaced.some(({ call }) => call === at)))
      expect(deciding, `call at ${missed.toString(16)}`).not.toContain(numberInFrontOf(listing, missed));
    const targets = targetsOf(listing);
    expect(targets.size).toBeGreaterThan(1000);
    for (const { at, length } of counts.replaced)
      for (let inside = at + 1; inside < at + length; inside++) expect(targets).not.toContain(inside);
  });
});

/** Libraries of Debian's, the C library's own apart, that have the bytes of a call in them and may be searched. */
const librariesWithBytes = () => {
  const folder = '/usr/lib/x86_64-linux-gnu';
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^lib.*\.so/.test(entry.name) && !/^libc[.-]/.test(entry.name))
    .map(({ name }) => join(folder, name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return bytes.length < 8 << 20 && bytes.includes('\x7fELF') && bytes.includes('\x0f\x05');
    });
};

describe.skipIf(process.arch !== 'x64')('x86_64: libraries that are not the C library', () => {
  // It disassembles each library of the machine that may hold a call: half a minute when the machine is busy.
  it('takes only calls for calls, and all but a few', { timeout: 120_000 }, () => {
    const command = buildListSites('x86_64');
    const found = librariesWithBytes()
      .map((file) => ({ file, counts: listSites(command, file, 'certain') }))
      .filter(({ counts }) => counts.certain > 0)
      .map(({ file, counts }) => ({ file, counts, calls: callsOf(disassemble('objdump', file)) }));
    for (const { file, counts, calls } of found) {
      expect(
        counts.replaced.filter(({ call }) => !calls.includes(call)),
        file,
      ).toEqual([]);
      expect(counts.certain / calls.length, file).toBeGreaterThan(0.95);
    }
    expect(found.length).toBeGreaterThan(0);
  });
});

describe.skipIf(!existsSync('/usr/bin/qemu-aarch64')).each([
  ["glibc's libc", '/usr/aarch64-linux-gnu/lib/libc.so.6'],
  ["glibc's loader", '/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1'],
])('aarch64: %s', (_, file) => {
  it('finds each call, and a way through the library for all', () => {
    const counts = listSites(buildListSites('aarch64'), file, 'all');
    const listing = disassemble('aarch64-linux-gnu-objdump', file);
    expect(counts.sites).toBe(listing.filter((line) => /\tsvc\t/.test(line)).length);
    expect(counts.patched).toBe(counts.sites);
  });
});
