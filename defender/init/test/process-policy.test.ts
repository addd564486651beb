import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commonWays, tamperWays, x86Ways } from './attack-ways.ts';
import {
  auditsOf,
  collect,
  compileProgram,
  type Finished,
  kernelIsBefore,
  layOut,
  runUnder,
  signedPolicy,
} from './protect.ts';

const EPERM = 1;
const ENOSYS = 38;
const isX86 = process.arch === 'x64';
const ways = isX86 ? [...commonWays, ...x86Ways] : commonWays;

let tools: string;
let attack: string;
let evil: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-attack-'));
  chmodSync(tools, 0o755);
  attack = join(tools, 'attack');
  evil = join(tools, 'evil');
  cpSync(compileProgram('attack.c'), attack);
  cpSync(compileProgram('evil.c', ['-static']), evil);
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

type Rule = Parameters<typeof signedPolicy>[0];

async function run(
  rule: Rule,
  command: string[],
  options: Parameters<typeof runUnder>[2] = {},
): Promise<Finished> {
  const { init, remove } = layOut({ signedPolicy: signedPolicy(rule) });
  try {
    return await collect(runUnder(init, command, options));
  } finally {
    remove();
  }
}

describe.each([
  ['only the main process', [] as string[]],
  ['an allowlist that names something else', ['/usr/bin/true', '/opt/**']],
])('prevent with %s', (_, allow) => {
  it.each(ways)('stops %s', async (way, errno, call) => {
    const finished = await run({ effect: 'prevent', allow }, [attack, way, evil, '/usr/bin/true']);
    expect(finished.stdout).not.toContain('EVIL RAN');
    expect(finished.stdout).toContain(`RESULT ${errno}\n`);
    expect(finished.code).toBe(0);
    const [audit] = auditsOf(finished, 'process');
    // Nobody without privileges can look into a process that made itself undumpable, so nothing of it is allowed.
    const caller = way === 'nondumpable' ? '' : attack;
    expect(audit).toMatchObject({ effect: 'prevent', action: 'blocked', detail: { call, caller } });
  });
});

it('tells what was asked for: path, arguments, table of system calls', async () => {
  const finished = await run({ effect: 'prevent' }, [attack, isX86 ? 'int80' : 'execve', evil]);
  expect(auditsOf(finished, 'process')[0]?.detail).toMatchObject({
    path: evil,
    requested: evil,
    argv: isX86 ? [evil] : ['evil', 'argument'],
    abi: isX86 ? 'i386' : 'arm64',
  });
});

const unusual = ['io_uring', 'traced', 'script', 'self', 'x32', 'system', 'own-filter', 'held-memory'];

describe('alert', () => {
  it.each(ways.filter(([way]) => !unusual.includes(way)))('lets %s run and tells', async (way) => {
    const finished = await run({ effect: 'alert' }, [attack, way, evil, '/usr/bin/true']);
    expect(finished.stdout).toContain('EVIL RAN');
    expect(auditsOf(finished, 'process')[0]).toMatchObject({ effect: 'alert', action: 'allowed' });
  });
});

describe('the init itself', () => {
  it.each(tamperWays)('is out of reach for %s, which is told', async (way) => {
    for (const asRoot of [false, true]) {
      const finished = await run({ effect: 'alert' }, [attack, way, evil], { asRoot });
      expect(finished.stdout).toContain(`RESULT ${EPERM}\n`);
      expect(auditsOf(finished, 'tamper')).toMatchObject([
        { action: 'blocked', message: expect.stringMatching(/^policy hijacked: attack /) },
      ]);
    }
  });

  it('lets a process go that made it its tracer', async () => {
    const finished = await run({ effect: 'prevent' }, [attack, 'traced-by-init', evil]);
    expect(finished).toMatchObject({ code: 0, stdout: 'RESULT 0\n' });
  });

  it('has a session of its own, so that its group can not be joined and signalled', async () => {
    const finished = await run({ effect: 'prevent' }, [attack, 'join-group', evil]);
    expect(finished).toMatchObject({ code: 0, stdout: `RESULT ${EPERM}\n` });
  });

  it('denies what it guarded once it is killed', async () => {
    const { init, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'alert' }) });
    const answer = join(tools, 'answer');
    writeFileSync(answer, '');
    chmodSync(answer, 0o666);
    const child = runUnder(init, [attack, 'orphan', evil, answer]);
    child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), 50));
    const deadline = Date.now() + 10_000;
    while (!readFileSync(answer, 'utf8') && Date.now() < deadline) await sleep(20);
    expect(readFileSync(answer, 'utf8')).toBe(`RESULT ${ENOSYS}\n`);
    remove();
  });
});

it.skipIf(kernelIsBefore(6, 14))('answers a question about an exec, and forgets it', async () => {
  const rule: Rule = { effect: 'prevent', allow: ['/usr/bin/true'] };
  const finished = await run(rule, [attack, 'only-asked', evil, '/usr/bin/true']);
  expect(finished.stdout).toBe(`RESULT ${EPERM}\n`);
  expect(auditsOf(finished, 'process')).toMatchObject([
    { detail: { path: evil, call: 'execveat' } },
    { detail: { path: evil, call: 'execve' } },
  ]);
});

describe('races', () => {
  it.each(['race-path', 'race-link', ...(isX86 ? ['race-loader'] : [])])(
    '%s never starts something else than what was checked, in 10,000 tries',
    async (way) => {
      const finished = await run({ effect: 'prevent', allow: ['/usr/bin/true'] }, [
        attack,
        way,
        evil,
        '/usr/bin/true',
        '10000',
      ]);
      expect(finished.stdout).toBe('RESULT 0\n');
    },
    300_000,
  );

  it('race-stop starts nothing else while signals stop and continue the process, in 300 tries', {
    // A signal before the init has received the call makes the kernel ask anew: 5 ms a try or up to 0.2 s, by the machine's mood; so no more of them.
    timeout: 200_000,
  }, async () => {
    const command = [attack, 'race-stop', evil, '/usr/bin/true', '300'];
    const finished = await run({ effect: 'prevent', allow: ['/usr/bin/true'] }, command);
    expect(finished.stdout).toBe('RESULT 0\n');
  });

  it('leaves no exec unverified after two threads of one process exec at once', {
    timeout: 120_000,
  }, async () => {
    const command = [attack, 'race-leader', evil, '/usr/bin/true', '500'];
    const finished = await run({ effect: 'prevent', allow: [attack, '/usr/bin/true'] }, command);
    expect(finished.stdout).toBe('RESULT 0\n');
  });

  it.each(['race-link', 'race-interpreter'])(
    '%s never has an allowed interpreter run another script, in 2,000 tries',
    async (way) => {
      const script = join(tools, 'good.sh');
      const other = join(tools, 'bad.sh');
      writeFileSync(script, '#!/bin/dash -e\nexit 0\n', { mode: 0o755 });
      writeFileSync(other, '#!/bin/dash -e\nexit 66\n', { mode: 0o755 });
      const command = [attack, way, other, script, '2000'];
      expect((await run({ effect: 'prevent', allow: [script] }, command)).stdout).toBe('RESULT 0\n');
    },
    300_000,
  );

  it('decides each of 10,000 execs in a row and counts the denied ones', async () => {
    const finished = await run({ effect: 'prevent', allow: ['/usr/bin/true'] }, [
      attack,
      'flood',
      evil,
      '/usr/bin/true',
      '10000',
    ]);
    expect(finished.stdout).toBe('RESULT 5000 5000\n');
    const counted = auditsOf(finished, 'process').reduce((sum, audit) => sum + Number(audit.count), 0);
    expect(counted).toBe(5000);
    expect(finished.audits.length).toBeLessThan(20);
  }, 120_000);
});

describe('the allowlist', () => {
  const sh = (script: string, allow: string[]) =>
    run({ effect: 'prevent', allow }, ['/bin/sh', '-c', script]);

  it('lets a named binary run, by whatever path it is reached', async () => {
    const link = join(tools, 'link');
    symlinkSync('/usr/bin/printf', link);
    const finished = await sh(`/usr/bin/printf a; ${link} b; cd /usr/bin; ./printf c; env -i true`, [
      '/usr/bin/printf',
    ]);
    expect(finished.stdout).toBe('abc');
    expect(auditsOf(finished, 'process')).not.toHaveLength(0); // env
  });

  it('takes a literal that is a symlink as the file it leads to', async () => {
    expect((await sh('/usr/bin/awk "BEGIN { print 1 }"', ['/usr/bin/awk'])).stdout).toBe('1\n');
  });

  it.each([
    ['/usr/bin/print*', true],
    ['/usr/*/printf', true],
    ['/usr/**', true],
    ['/usr/*', false],
    ['/usr/bin/print?', true],
    ['/usr/bin/PRINTF', false],
    ['/usr/bin', false],
  ])('matches %s: %s', async (pattern, runs) => {
    const finished = await sh('/usr/bin/printf a', [pattern]);
    expect(finished.stdout).toBe(runs ? 'a' : '');
  });

  it('lets a named script run with the interpreter of its first line, and the interpreter for nothing else', async () => {
    const script = join(tools, 'script.sh');
    writeFileSync(script, '#!/bin/sh -e\necho "script $1"\n', { mode: 0o755 });
    const finished = await sh(`${script} one; /bin/sh -c 'echo two'`, [script]);
    expect(finished.stdout).toBe('script one\n');
    expect(auditsOf(finished, 'process')[0]).toMatchObject({
      detail: { path: '/usr/bin/dash', argv: ['/bin/sh', '-c', 'echo two'] },
    });
  });

  it('lets a script run by symlinks that the function can not change, and by no others', async () => {
    const script = join(tools, 'firm.sh');
    writeFileSync(script, '#!/bin/sh\necho firm\n', { mode: 0o755 });
    const own = join(tools, 'own');
    symlinkSync('./firm.sh', own);
    const open = mkdtempSync(join(tmpdir(), 'ringfence-open-'));
    symlinkSync(script, join(open, 'link'));
    chmodSync(open, 0o777);
    const finished = await sh(
      `${own}; ${tools}//../${tools.slice(5)}/own; ${open}/link; cd ${tools}; ./own`,
      [script],
    );
    rmSync(open, { recursive: true });
    expect(finished.stdout).toBe('firm\nfirm\n');
    expect(auditsOf(finished, 'process')).toHaveLength(2);
  });

  it('does not let a script run under its name in mounts of its own', async () => {
    const script = join(tools, 'mounted.sh');
    const other = join(tools, 'over.sh');
    writeFileSync(script, '#!/bin/sh\necho fine\n', { mode: 0o755 });
    writeFileSync(other, '#!/bin/sh\necho EVIL RAN\n', { mode: 0o755 });
    const finished = await run({ effect: 'prevent', allow: [script] }, [
      attack,
      'mounted-script',
      other,
      script,
    ]);
    expect(finished.stdout).toBe(`RESULT ${EPERM}\n`);
  });

  it('does not let a script run because its interpreter is named', async () => {
    const script = join(tools, 'other.sh');
    writeFileSync(script, '#!/bin/dash\necho other\n', { mode: 0o755 });
    const finished = await sh(script, ['/usr/bin/dash']);
    expect(finished.stdout).toBe('');
    expect(auditsOf(finished, 'process')[0]).toMatchObject({ detail: { path: script, script: '/bin/dash' } });
  });

  it('follows a script whose interpreter is a script', async () => {
    const inner = join(tools, 'inner.sh');
    const outer = join(tools, 'outer');
    writeFileSync(inner, '#!/bin/sh\necho "inner ran $1"\n', { mode: 0o755 });
    writeFileSync(outer, `#!${inner}\n`, { mode: 0o755 });
    expect((await sh(`${outer}`, [outer])).stdout).toBe(`inner ran ${outer}\n`);
  });

  it('gives the errors of the kernel for what cannot run anyway', async () => {
    const finished = await sh('/no/such/file; echo $?; /etc/passwd; echo $?', []);
    expect(finished.stdout).toBe('127\n126\n');
    expect(auditsOf(finished, 'process')).toHaveLength(0);
  });
});

describe('the start of the runtime', () => {
  it('may be a script that calls helpers and replaces itself', async () => {
    const start = join(tools, 'start');
    writeFileSync(
      start,
      '#!/usr/bin/env sh\nd=$(dirname "$0")\nexec /usr/bin/awk "BEGIN { print \\"at $d\\"; system(\\"id\\") }"\n',
      { mode: 0o755 },
    );
    const finished = await run({ effect: 'prevent' }, [start]);
    expect(finished.stdout).toBe(`at ${tools}\n`);
    expect(auditsOf(finished, 'process')).toMatchObject([{ detail: { path: '/usr/bin/dash' } }]);
  });

  it('is no shell that the runtime starts, also where the script stays and no event ever ends the start', async () => {
    const start = join(tools, 'stay');
    const helpers = '( /usr/bin/printf a | /usr/bin/tr a b )';
    const runtime = '/usr/bin/awk "BEGIN { system(\\"/usr/bin/printf c; /usr/bin/printf d\\") }"';
    writeFileSync(start, `#!/bin/sh\n${helpers}\n${runtime}\n/usr/bin/printf e\n`, { mode: 0o755 });
    const finished = await run({ effect: 'prevent', allow: ['/usr/bin/dash'] }, [start]);
    expect(finished.stdout).toBe('be');
    expect(auditsOf(finished, 'process')).toMatchObject([
      { detail: { path: '/usr/bin/printf', caller: '/usr/bin/dash', argv: ['/usr/bin/printf', 'c'] } },
      { detail: { argv: ['/usr/bin/printf', 'd'] } },
    ]);
  });

  it('is reported with the exit code and the signal of the runtime', async () => {
    expect(await run({ effect: 'prevent' }, ['/bin/sh', '-c', 'exit 7'])).toMatchObject({
      code: 7,
      signal: null,
    });
    expect(await run({ effect: 'prevent' }, ['/bin/sh', '-c', 'kill -9 $$'])).toMatchObject({
      code: null,
      signal: 'SIGKILL',
    });
    expect(await run({ effect: 'prevent' }, ['/no/such/runtime'])).toMatchObject({ code: 127 });
  });

  it('gets the signals that the init gets', async () => {
    const { init, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'prevent' }) });
    const child = runUnder(init, [
      '/bin/sh',
      '-c',
      'trap "echo got it; exit 3" TERM; echo ready; while :; do :; done',
    ]);
    child.stdout?.on('data', (text) => String(text).includes('ready') && child.kill('SIGTERM'));
    const finished = await collect(child);
    expect(finished).toMatchObject({ code: 3 });
    expect(finished.stdout).toContain('got it');
    remove();
  });
});
