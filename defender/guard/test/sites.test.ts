import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Counts = { sites: number; certain: number; numbered: number; jump: number; patched: number };

/** Builds list-sites for an architecture and returns what it says about a file. */
function listSites(arch: 'x86_64' | 'aarch64', file: string): Counts {
  const output = here(`../build/list-sites-${arch}`);
  const [compiler, runner] =
    arch === 'x86_64' ? ['gcc', []] : ['aarch64-linux-gnu-gcc', ['/usr/bin/qemu-aarch64']];
  mkdirSync(here('../build'), { recursive: true });
  const sources = [`../src/site-${arch}.c`, '../src/instruction.c', 'list-sites.c'].map(here);
  execFileSync(compiler, ['-static', '-O2', '-Wall', '-Wextra', '-D_GNU_SOURCE', ...sources, '-o', output]);
  const [command = '', ...args] = [...runner, output, file];
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
}

/** How many calls of the kernel a disassembler sees. */
function disassemble(objdump: string, file: string, call: RegExp): number {
  const listing = execFileSync(objdump, ['-d', '--no-show-raw-insn', file], { maxBuffer: 1 << 29 });
  return listing
    .toString('latin1')
    .split('\n')
    .filter((line) => call.test(line)).length;
}

describe.skipIf(process.arch !== 'x64').each([
  ["glibc's libc", '/lib/x86_64-linux-gnu/libc.so.6'],
  ["glibc's loader", '/lib64/ld-linux-x86-64.so.2'],
  ['musl', '/lib/ld-musl-x86_64.so.1'],
])('x86_64: %s', (_, file) => {
  it('finds each call, and a way through the library for all but a few', () => {
    const counts = listSites('x86_64', file);
    const seen = disassemble('objdump', file, /\tsyscall/);
    expect(counts.sites).toBeGreaterThanOrEqual(seen);
    expect(counts.sites - seen).toBeLessThanOrEqual(3); // the same two bytes inside other instructions
    expect(counts.patched / counts.sites).toBeGreaterThan(0.95);
  });
});

describe.skipIf(!existsSync('/usr/bin/qemu-aarch64')).each([
  ["glibc's libc", '/usr/aarch64-linux-gnu/lib/libc.so.6'],
  ["glibc's loader", '/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1'],
])('aarch64: %s', (_, file) => {
  it('finds each call, and a way through the library for all', () => {
    const counts = listSites('aarch64', file);
    expect(counts.sites).toBe(disassemble('aarch64-linux-gnu-objdump', file, /\tsvc\t/));
    expect(counts.patched).toBe(counts.sites);
  });
});
