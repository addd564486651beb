import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineObject, headerFlags, sources } from '../sources.mjs';
import { collect, compileProgram, identity, layOut, runUnder, signedPolicy } from './protect.ts';

const here = fileURLToPath(new URL('..', import.meta.url));
const testdata = fileURLToPath(new URL('../../../packages/policy/testdata', import.meta.url));
// Leaks are searched with ptrace, which the guard watches; the init has no heap anyway.
const env = { ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=1', UBSAN_OPTIONS: 'halt_on_error=1' };

let work: string;
let init: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-sanitized-'));
  init = join(work, 'init');
  const sysroot = join(here, 'build/sysroot', identity.arch, 'usr');
  const triple = identity.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  mkdirSync(work, { recursive: true });
  execFileSync('gcc', [
    ...['-std=c11', '-D_GNU_SOURCE', '-DRINGFENCE_VERSION="sanitized"', '-g', '-O1'],
    ...['-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
    ...['-isystem', join(sysroot, 'include'), '-isystem', join(sysroot, 'include/bearssl')],
    ...headerFlags,
    ...sources,
    engineObject(identity.arch),
    ...[join(sysroot, 'lib', triple, 'libbearssl.a'), '-lm', '-o', init],
  ]);
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

const ways = [
  'execve',
  'execveat',
  'relative',
  'memfd',
  'deleted',
  'thread',
  'script',
  'symlink',
  'nondumpable',
];
const onInit = ['io_uring', 'kill-init', 'ptrace-init', 'race-path', 'race-link', 'flood'];

it.each([...ways, ...onInit])(
  'meets %s without a word from the sanitizers',
  { timeout: 60_000 },
  async (way) => {
    const evil = compileProgram('evil.c', ['-static']);
    const signed = signedPolicy({ effect: 'prevent', allow: ['/usr/bin/true', '/opt/**'] });
    const { init: guarded, remove } = layOut({ signedPolicy: signed }, init);
    const command = [compileProgram('attack.c'), way, evil, '/usr/bin/true', '500'];
    const finished = await collect(runUnder(guarded, command, { env, asRoot: true }));
    expect(finished.stderr).not.toMatch(/Sanitizer|runtime error/);
    expect(finished.stdout).toMatch(/^RESULT \d+/m);
    expect(finished.stdout).not.toContain('EVIL RAN');
    expect(finished.code).toBe(0);
    remove();
  },
);

const sends = ['udp-sendto', 'udp-sendmsg', 'udp-sendmmsg', 'source-route-message', 'unix-pair', 'routes'];
const onAddresses = [
  'tcp',
  'tcp6',
  'udp-connect',
  'unix-stream',
  'listen',
  'race-connect',
  'race-sendmsg',
  ...sends,
];

it.each(onAddresses)(
  'meets %s on sockets without a word from the sanitizers',
  { timeout: 60_000 },
  async (way) => {
    const sections = {
      process: {},
      network: { outbound: ['192.0.2.1:7000', '*.example.com'], unix: ['/tmp/**'] },
    };
    const { init: guarded, remove } = layOut({ signedPolicy: signedPolicy(sections) }, init);
    for (const target of ['198.51.100.66', '127.0.0.1', '::1', '/tmp/no-such.sock']) {
      const command = [compileProgram('network-attack.c'), way, target, '127.0.0.1', '7000', '500'];
      const finished = await collect(runUnder(guarded, command, { env, asRoot: true }));
      expect(finished.stderr).not.toMatch(/Sanitizer|runtime error/);
      expect(finished.stdout).toMatch(/^RESULT \d+/m);
    }
    remove();
  },
);

it('meets arguments, callers, secrets and loaded code without a word from the sanitizers', {
  timeout: 60_000,
}, async () => {
  const script = join(work, 'script.sh');
  writeFileSync(script, '#!/bin/sh -e\necho "script $1"\n', { mode: 0o755 });
  const allow = [
    { path: '/usr/bin/printf', arguments: ['%s.', '**'], parents: ['/bin/sh'] },
    { path: script, arguments: ['a*'] },
    '/usr/bin/printenv',
  ];
  const secrets = ['SECRET_*'];
  const signed = signedPolicy({ process: { effect: 'prevent', allow }, secrets });
  const { init: guarded, remove } = layOut({ signedPolicy: signed }, init);
  const long = 'x'.repeat(40_000);
  const lines = [
    '/usr/bin/printf %s. b c',
    `/usr/bin/printf %s. ${long} > /dev/null`,
    `/usr/bin/printf ${long} d`,
    '/usr/bin/printf %s. --donate-level=1',
    `${script} ab`,
    `${script} b`,
    'LD_PRELOAD=libm.so.6 /usr/bin/printf %s. e',
    '/usr/bin/printenv SECRET_ONE || echo none',
    'echo "$SECRET_ONE"',
  ];
  const finished = await collect(
    runUnder(guarded, ['/bin/sh', '-c', lines.join('\n')], {
      env: { ...env, SECRET_ONE: '1', SECRET_TWO: long },
      asRoot: true,
    }),
  );
  expect(finished.stderr).not.toMatch(/Sanitizer|runtime error/);
  expect(finished.stdout).toBe('b.c.script ab\nnone\n1\n');
  expect(finished.audits.filter(({ action }) => action === 'blocked')).toHaveLength(4);
  remove();
});

it.each(readdirSync(testdata).filter((name) => /\.rf[ps]1$/.test(name)))(
  'refuses %s, which is for another function, without a word from the sanitizers',
  async (name) => {
    const { init: guarded, remove } = layOut({ signedPolicy: readFileSync(join(testdata, name)) }, init);
    const finished = await collect(runUnder(guarded, ['/bin/echo', 'started'], { env, asRoot: true }));
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(/^ringfence: Ringfence did not start the function/);
    expect(finished.stderr).not.toMatch(/Sanitizer|runtime error/);
    remove();
  },
);
