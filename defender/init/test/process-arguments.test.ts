import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, compileProgram, type Finished, layOut, runUnder, signedPolicy } from './protect.ts';

let tools: string;
let attack: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-arguments-'));
  chmodSync(tools, 0o755);
  attack = join(tools, 'attack');
  cpSync(compileProgram('attack.c'), attack);
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

async function run(rule: Parameters<typeof signedPolicy>[0], command: string[]): Promise<Finished> {
  const { init, remove } = layOut({ signedPolicy: signedPolicy(rule) });
  try {
    return await collect(runUnder(init, command));
  } finally {
    remove();
  }
}

type Entry = { path: string; arguments?: string[]; parents?: string[] };
const sh = (script: string, ...allow: Entry[]) =>
  run({ effect: 'prevent', allow }, ['/bin/sh', '-c', script]);
const audits = (finished: Finished) => finished.audits.filter((audit) => audit.type === 'process');

const OTHER_ARGUMENTS = 'the policy allows it with other arguments only';
const OTHER_PARENT = 'the policy allows it for other callers only';

describe('arguments', () => {
  it.each([
    [['a', 'b'], 'a b', true],
    [['a', 'b'], 'a', false],
    [['a', 'b'], 'a b c', false],
    [['a', 'b'], 'a c', false],
    [[], '', true],
    [[], 'a', false],
    [['%s.', '*'], '%s. /tmp/x', true],
    [['-?'], '-', false],
    [['a', '**'], 'a', true],
    [['a', '**'], 'a b c', true],
    [['a', '**'], 'b', false],
    [['/tmp/*'], '/tmp/../etc/x', true], // any characters
  ])('%j with the words "%s": %s', async (patterns, words, runs) => {
    const echo = { path: '/usr/bin/printenv', arguments: patterns };
    const finished = await sh(`/usr/bin/printenv ${words}; echo $?`, echo);
    expect(finished.stdout.endsWith('126\n')).toBe(!runs);
    expect(audits(finished)).toHaveLength(runs ? 0 : 1);
    if (!runs)
      expect(audits(finished)[0]).toMatchObject({ action: 'blocked', detail: { reason: OTHER_ARGUMENTS } });
  });

  it('of a script are those that it is given', async () => {
    const script = join(tools, 'greet.sh');
    writeFileSync(script, '#!/bin/sh -e\necho "hello $1"\n', { mode: 0o755 });
    const finished = await sh(`${script} you; ${script} them`, { path: script, arguments: ['you'] });
    expect(finished.stdout).toBe('hello you\n');
    expect(audits(finished)[0]).toMatchObject({
      detail: { reason: OTHER_ARGUMENTS, argv: [script, 'them'] },
    });
  });

  it('may be many and long', async () => {
    const printf = { path: '/usr/bin/printf', arguments: ['%.1s', '**'] };
    const finished = await sh(`/usr/bin/printf %.1s ${'word '.repeat(20_000)}`, printf);
    expect(finished.stdout).toHaveLength(20_000);
  });

  it('beyond what is looked at are not taken for their end', async () => {
    const printf = { path: '/usr/bin/printf', arguments: ['x*'] };
    const word = 'x'.repeat(32 * 1024 - '/usr/bin/printf'.length - 2); // fills what is looked at
    expect((await sh(`/usr/bin/printf ${word}`, printf)).stdout).toBe(word);
    expect((await sh(`/usr/bin/printf ${word} y; echo $?`, printf)).stdout).toBe('126\n');
  });

  it('that change between the check and the exec get the program killed, in 10,000 tries', {
    timeout: 300_000,
  }, async () => {
    const allow = [{ path: '/usr/bin/printf', arguments: ['good'] }];
    const finished = await run({ effect: 'prevent', allow, miners: 'disable' }, [
      attack,
      'race-arguments',
      '/usr/bin/printf',
      '/usr/bin/printf',
      '10000',
    ]);
    expect(finished.stdout.replaceAll('good', '')).toBe('RESULT 0\n');
    const told = audits(finished).map(({ detail }) => detail);
    expect(told).toContainEqual(expect.objectContaining({ reason: OTHER_ARGUMENTS }));
    expect(told).toContainEqual(
      expect.objectContaining({
        reason:
          'it got other arguments than those that were checked; it was killed before its first instruction',
        argv: ['printf', 'food'],
      }),
    );
  });
});

describe('parents', () => {
  it('are the binaries that may start it', async () => {
    const script = '/usr/bin/printf a; /usr/bin/env /usr/bin/printf b';
    const env = { path: '/usr/bin/env' };
    const byShell = await sh(script, env, { path: '/usr/bin/printf', parents: ['/usr/bin/dash'] });
    expect(byShell.stdout).toBe('a');
    expect(audits(byShell)[0]).toMatchObject({
      detail: { path: '/usr/bin/printf', caller: '/usr/bin/env', reason: OTHER_PARENT },
    });
    const byEnv = await sh(script, env, { path: '/usr/bin/printf', parents: ['/usr/bin/e*'] });
    expect(byEnv.stdout).toBe('b');
  });

  it('may be named by a symlink', async () => {
    const finished = await sh('/usr/bin/printf a', { path: '/usr/bin/printf', parents: ['/bin/sh'] });
    expect(finished.stdout).toBe('a');
  });

  it('are whoever execs, also after forks', async () => {
    const finished = await sh('( ( /usr/bin/printf a ) )', {
      path: '/usr/bin/printf',
      parents: ['/bin/sh'],
    });
    expect(finished.stdout).toBe('a');
  });

  it('are no deleted binary that had the name', async () => {
    const shell = join(tools, 'shell');
    copyFileSync('/bin/dash', shell);
    chmodSync(tools, 0o777);
    const allow = [{ path: '/usr/bin/printf', parents: [shell, `${shell}*`] }, { path: '/usr/bin/mv' }];
    const command = [shell, '-c', `/usr/bin/printf a; mv ${shell} ${tools}/away; /usr/bin/printf b`];
    expect((await run({ effect: 'prevent', allow }, command)).stdout).toBe('a');
  });
});

describe('what looks like a miner', () => {
  const line = '/usr/bin/printf %s -o stratum+tcp://pool.example.org:3333';

  it('is stopped although its path is allowed', async () => {
    const finished = await sh(line, { path: '/usr/bin/printf' });
    expect(finished.stdout).toBe('');
    expect(audits(finished)[0]).toMatchObject({
      effect: 'prevent',
      action: 'blocked',
      detail: { reason: 'it looks like a crypto-miner: it is given the address of a mining pool (stratum)' },
    });
  });

  it.each(['alert', 'disable'] as const)('goes ahead with miners: %s', async (miners) => {
    const allow = ['/usr/bin/printf'];
    const finished = await run({ effect: 'prevent', allow, miners }, ['/bin/sh', '-c', line]);
    expect(finished.stdout).toBe('-ostratum+tcp://pool.example.org:3333');
    expect(audits(finished).map(({ effect, action }) => [effect, action])).toEqual(
      miners === 'alert' ? [['alert', 'allowed']] : [],
    );
  });

  it('is stopped where all else is only told', async () => {
    const command = ['/bin/sh', '-c', `${line}; /usr/bin/printf b`];
    const finished = await run({ effect: 'alert' }, command);
    expect(finished.stdout).toBe('b');
    expect(audits(finished).map(({ effect }) => effect)).toEqual(['prevent', 'alert']);
  });
});
