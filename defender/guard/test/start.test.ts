import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { decodeSignedPolicy, makeKeyLink, signPolicy } from '@ringfence/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  auditsOf,
  collect,
  compileProgram,
  layOut,
  runUnder,
  signedPolicy,
  signingKey,
} from '../../init/test/protect.ts';
import { runWithLibrary } from './guarded.ts';

let tools: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-start-'));
  chmodSync(tools, 0o755);
  cpSync(compileProgram('evil.c', []), join(tools, 'dynamic'));
  cpSync(compileProgram('evil.c', ['-static']), join(tools, 'static'));
  for (const kind of ['dynamic', 'static'])
    writeFileSync(join(tools, `script-of-${kind}`), `#!${tools}/${kind}\n`, { mode: 0o755 });
  mkdirSync(join(tools, 'bin'));
  cpSync(join(tools, 'static'), join(tools, 'bin/dynamic'));
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

const runWhereNoFilterIs = (
  init: string,
  command: string[],
  options: Parameters<typeof runUnder>[2] & { platform?: string } = {},
) => runUnder(compileProgram('restrict.c'), [options.platform ?? 'lambda', init, ...command], options);

function spoil(signed: Uint8Array): Uint8Array {
  const spoilt = signed.slice();
  spoilt[signed.length - 1] = (signed[signed.length - 1] ?? 0) ^ 1;
  return spoilt;
}

const right = signedPolicy({ effect: 'alert' });
const wrong = spoil(right);

const otherLibrary = fileURLToPath(
  new URL(`../../init/build/${process.arch === 'x64' ? 'arm64' : 'x86_64'}/guard.so`, import.meta.url),
);

/** With as many links as an init takes, each of which it checks: what may run meanwhile has the time to. */
const longToCheck = signPolicy(
  decodeSignedPolicy(right).compiled,
  signingKey,
  Array.from({ length: 64 }, () => makeKeyLink(signingKey, signingKey.publicKey)),
);

// The loader works while the init checks the signature. So often, as it is a race.
it.each(['dynamic', 'static', 'script-of-dynamic', 'script-of-static'])(
  'nothing of a %s runtime has run when the signature turns out to be wrong',
  async (kind) => {
    const { init, remove } = layOut({ signedPolicy: wrong });
    for (let time = 0; time < 40; time++) {
      const finished = await collect(runWhereNoFilterIs(init, [join(tools, kind)]));
      expect(finished).toMatchObject({ code: 1, stdout: '' });
      expect(finished.audits).toMatchObject([{ type: 'policy', action: 'blocked' }]);
    }
    remove();
  },
);

it('nor has a program of PATH, whatever has its name in the folder it is started in', async () => {
  const { init, remove } = layOut({ signedPolicy: spoil(longToCheck) });
  const options = { cwd: tools, env: { PATH: `${tools}/bin:/usr/bin` } };
  const finished = await collect(runWhereNoFilterIs(init, ['dynamic'], options));
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  remove();
});

it.skipIf(process.getuid?.() !== 0)('nor has one into which the loader takes no library', async () => {
  const { init, remove } = layOut({ signedPolicy: spoil(longToCheck) });
  const asTwo = ['--ruid=994', '--euid=993', '--clear-groups', '--'];
  const command = [...asTwo, compileProgram('restrict.c'), 'lambda', init, join(tools, 'dynamic')];
  const finished = await collect(runUnder('/usr/bin/setpriv', command, { asRoot: true }));
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  remove();
});

it.each([
  ['empty', () => new Uint8Array()],
  ['rubbish', () => new TextEncoder().encode('rubbish'.repeat(500))],
  ['for another architecture', () => readFileSync(otherLibrary)],
])('nor has one whose package has a library that is %s; the refusal tells why', async (_, library) => {
  for (const signed of [longToCheck, spoil(longToCheck)]) {
    const { init, folder, remove } = layOut({ signedPolicy: signed });
    writeFileSync(join(folder, '.ringfence/guard.so'), library());
    const finished = await collect(runWhereNoFilterIs(init, [join(tools, 'dynamic')]));
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toContain(signed === longToCheck ? 'guard.so is damaged' : 'signature');
    remove();
  }
});

it('what runs before the library, as it may, finds the init closed', async () => {
  const library = join(tools, 'early-look.so');
  const source = fileURLToPath(new URL('early-look.c', import.meta.url));
  const flags = ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-fno-plt', '-Wl,-z,now'];
  execFileSync('gcc', [...flags, source, '-o', library]);
  const { init, remove } = layOut({ signedPolicy: longToCheck });
  const command = [`LD_PRELOAD=${library}`, init, join(tools, 'dynamic')];
  const finished = await collect(runWhereNoFilterIs('/usr/bin/env', command, { platform: 'listener' }));
  expect(auditsOf(finished, 'coverage')).toMatchObject([{ detail: { tier: 'T2' } }]);
  expect(finished.stdout).toBe('environ is closed\nmem is closed\nEVIL RAN\n');
  remove();
});

it('takes no prctl that does nothing for one that is refused', async () => {
  const policy = signedPolicy({ files: { effect: 'alert', execute: ['/nowhere/at/all'] } });
  const { init, remove } = layOut({ signedPolicy: policy });
  const finished = await collect(runWhereNoFilterIs(init, [join(tools, 'dynamic')], { platform: 'silent' }));
  expect(auditsOf(finished, 'coverage')).toMatchObject([{ detail: { filter: true } }]);
  remove();
});

it('a script of PATH that starts the runtime may use its shell and helpers', async () => {
  writeFileSync(join(tools, 'bin/start'), '#!/bin/sh\n/usr/bin/printf helped; exec /usr/bin/true\n', {
    mode: 0o755,
  });
  const env = { PATH: `${tools}/bin:/usr/bin` };
  const finished = await runWithLibrary({ effect: 'prevent' }, ['start'], { env });
  expect(finished.stdout).toBe('helped');
});

it.each(['dynamic', 'script-of-dynamic'])('a %s runtime runs when it is right', async (kind) => {
  const { init, remove } = layOut({ signedPolicy: right });
  const finished = await collect(runWhereNoFilterIs(init, [join(tools, kind)]));
  expect(finished).toMatchObject({ code: 66, stdout: 'EVIL RAN\n' });
  remove();
});

it('no runtime waits for an init that was killed at its start', async () => {
  const { init, remove } = layOut({ signedPolicy: right });
  const program = join(tools, 'dynamic');
  for (let time = 0; time < 60; time++) {
    const started = runWhereNoFilterIs(init, [program]);
    const ended = collect(started);
    await sleep(Math.random() * 12);
    started.kill('SIGKILL');
    await ended; // of all that hold its standard output
  }
  remove();
});
