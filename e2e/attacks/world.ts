import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addresses } from '../lab/addresses.ts';
import type { Attempt, Language } from './attempts.ts';

const FUNCTION_USER = 993;
const programs = fileURLToPath(new URL('programs', import.meta.url));
const built = fileURLToPath(new URL('build', import.meta.url));

const evil = `#include <stdio.h>
int main(void) { puts("EVIL RAN"); fflush(stdout); return 0; }
`;
const library = `#include <stdio.h>
__attribute__((constructor)) static void load(void) { puts("EVIL RAN"); fflush(stdout); }
`;

// What the kernel starts a dynamic program by, which needs to be a loader in name only.
const loader = `#include <sys/syscall.h>
static long call(long number, long first, long second, long third) {
#if defined(__x86_64__)
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "0"(number), "D"(first), "S"(second), "d"(third) : "rcx", "r11", "memory");
  return result;
#else
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = first, x1 __asm__("x1") = second, x2 __asm__("x2") = third;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
#endif
}
void _start(void) {
  call(SYS_write, 1, (long)"EVIL RAN\\n", 9);
  call(SYS_exit, 0, 0, 0);
}
`;

/** Compiles what the attempts bring along: an evil program, static and dynamic, an evil library and an evil loader. */
export function buildWeapons(): void {
  mkdirSync(built, { recursive: true });
  const compile = (source: string, output: string, ...flags: string[]) =>
    execFileSync('gcc', ['-x', 'c', '-', '-o', join(built, output), ...flags], { input: source });
  compile(evil, 'evil', '-static');
  compile(evil, 'evil-dynamic');
  compile(library, 'library.so', '-shared', '-fPIC');
  compile(loader, 'loader', '-static', '-nostdlib', '-ffreestanding');
  execFileSync('gcc', [
    '-Wall',
    '-Wextra',
    '-Werror',
    join(programs, 'attack.c'),
    '-o',
    join(built, 'attack'),
  ]);
  execFileSync('javac', ['-d', built, join(programs, 'Attack.java')]);
}

const findJava = () =>
  execFileSync('sh', ['-c', 'readlink -f "$(command -v java)"'], { encoding: 'utf8' }).trim();
const interpreters: Record<Language, () => string[]> = {
  python: () => ['/usr/bin/python3', join(programs, 'attack.py')],
  node: () => [process.execPath, '--no-warnings', join(programs, 'attack.mjs')],
  ruby: () => ['/usr/bin/ruby', join(programs, 'attack.rb')],
  java: () => [findJava(), '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', built, 'Attack'],
  shell: () => ['/bin/bash', join(programs, 'attack.sh')],
  c: () => [join(built, 'attack')],
};

/** The command line of an attempt. */
export const commandOf = ({ language, name }: Attempt): string[] => [...interpreters[language](), name];

/** Where one attempt takes place: a secret, a protected folder, a scratch folder, and loot that is its own. */
export function makeWorld() {
  const folder = mkdtempSync('/tmp/ringfence-attack-');
  chmodSync(folder, 0o755);
  const at = (name: string) => join(folder, name);
  const secretText = `secret-${randomBytes(8).toString('hex')}!`; // no JavaScript, which errors then quote
  for (const name of ['scratch', 'protected', 'hidden']) mkdirSync(at(name));
  writeFileSync(at('hidden/secret'), secretText);
  writeFileSync(at('protected/file'), 'as it was');
  // The function owns all of it: what stops it is the guard, not its permissions.
  for (const name of ['scratch', 'protected', 'hidden', 'hidden/secret', 'protected/file'])
    chownSync(at(name), FUNCTION_USER, FUNCTION_USER);
  const before = describeFolder(at('protected'));
  const loot = `loot-${randomBytes(6).toString('hex')}`;
  return {
    secret: at('hidden/secret'),
    scratch: at('scratch'),
    secretText,
    loot,
    environment: {
      EVIL: join(built, 'evil'),
      EVIL_DYNAMIC: join(built, 'evil-dynamic'),
      LIBRARY: join(built, 'library.so'),
      LOADER: join(built, 'loader'),
      STRANGER: addresses.stranger,
      STRANGER6: addresses.stranger6,
      SECRET: at('hidden/secret'),
      HIDDEN_SECRET: secretText,
      PROTECTED: at('protected'),
      SCRATCH: at('scratch'),
      ABSTRACT: 'lab-stranger',
      LOOT: loot,
    },
    protectedChanged: () => describeFolder(at('protected')) !== before,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
export type World = ReturnType<typeof makeWorld>;

/** Names, kinds, modes and contents below a folder, as one text. */
function describeFolder(folder: string): string {
  if (!existsSync(folder)) return 'gone';
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { mode } = lstatSync(path);
      const content =
        (mode & 0o170000) === 0o100000 ? createHash('sha1').update(readFileSync(path)).digest('hex') : '';
      return `${name} ${mode.toString(8)} ${content}`;
    })
    .join('\n');
}
