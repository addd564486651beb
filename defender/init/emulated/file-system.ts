import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOut, signedPolicy } from '../test/protect.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const libc = '/usr/aarch64-linux-gnu/lib';
/** Where the machine has the programs of the tests. */
export const tools = '/tools';

/** T1: where the kernel has no Landlock. T2: where it lets no process restrict itself. */
export type Tier = 'T0' | 'T1' | 'T2';
const restricted = { T0: [], T1: [`${tools}/restrict`, 'landlock'], T2: [`${tools}/restrict`, 'lambda'] };

/** A command in the emulated machine, without a guard when it has no `sections`. */
export type Case = {
  /** `server`: goes on while the cases after it run. */
  name: string;
  sections?: Parameters<typeof signedPolicy>[0];
  tier?: Tier;
  asRoot?: boolean;
  command: string[];
};

const programs = ['attack', 'network-attack', 'file-attack', 'file-work', 'restrict'];
/** What a program of C, or an attack, expects to find; `evil` in place of all of them says that it ran. */
const wellKnown = ['bin/sh', 'bin/dash'];
/** What the function's user could read and change if the policy let it. */
const files = ['hidden/file', 'protected/file'];
export const workFolders = ['free', 'T0', 'T1', 'T2', 'attack'].map((name) => `/files/${name}`);

function compile(source: string, output: string, ...flags: string[]) {
  const common = ['-O1', '-Wall', '-Wextra', '-Werror', ...flags];
  execFileSync('aarch64-linux-gnu-gcc', [...common, here(source), '-o', output, '-lpthread']);
}

function writePrograms(at: (name: string) => string) {
  compile('boot.c', at('init'), '-static');
  compile('../test/evil.c', at('tools/evil'), '-static');
  for (const name of programs) compile(`../test/${name}.c`, at(`tools/${name}`));
  execFileSync('aarch64-linux-gnu-gcc', ['-xc', '-', '-static', '-o', at('usr/bin/true')], {
    input: 'int main(void) { return 0; }',
  });
  for (const name of wellKnown) copyFileSync(at('tools/evil'), at(name));
  for (const name of ['ld-linux-aarch64.so.1', 'libc.so.6'])
    copyFileSync(join(libc, name), at(`lib/${name}`));
}

/** Lays the case's package out and returns its line for boot.c. */
function writeCase({ name, sections, tier = 'T0', asRoot, command }: Case, folder: string, root: string) {
  const user = asRoot ? 0 : 993;
  if (!sections) return [name, user, ...command];
  const { folder: made, remove } = layOut(
    { signedPolicy: signedPolicy(sections) },
    here('../build/arm64/ringfence-init'),
    { library: false },
  );
  if (tier === 'T2') copyFileSync(here('../build/arm64/guard.so'), join(made, '.ringfence/guard.so'));
  cpSync(made, join(root, folder), { recursive: true });
  remove();
  return [name, user, ...restricted[tier], `${folder}/.ringfence/init`, ...command];
}

/** Writes all that the machine has into the folder: /init (boot.c), the programs, and a package for each case. */
export function writeFileSystem(root: string, cases: Case[]) {
  const at = (name: string) => join(root, name);
  for (const name of [
    'tools',
    'lib',
    'bin',
    'usr/bin',
    'proc',
    'tmp',
    'dev',
    'files/hidden',
    'files/protected',
  ])
    mkdirSync(at(name), { recursive: true });
  writePrograms(at);
  for (const name of workFolders) mkdirSync(at(name));
  for (const name of files) writeFileSync(at(`files/${name}`), 'secret');
  for (const name of [...workFolders, ...files.map((file) => `files/${file}`)]) chmodSync(at(name), 0o777);
  const lines = cases.map((one, index) => writeCase(one, `/packages/${index}`, root).join('\t'));
  writeFileSync(at('cases'), `${lines.join('\n')}\n`);
}
