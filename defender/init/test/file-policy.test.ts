import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, compileProgram, layOut, runUnder, signedPolicy } from './protect.ts';

type Sections = Extract<Parameters<typeof signedPolicy>[0], { files?: unknown }>;
type Files = NonNullable<Sections['files']>;

/** T0: as the machine is. T1: a kernel without Landlock. */
const tiers = ['T0', 'T1', 'T2'] as const;
type Tier = (typeof tiers)[number];

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-files-'));
  chmodSync(folder, 0o755);
  for (const name of ['work', 'hidden', 'protected']) mkdirSync(at(name));
  writeFileSync(at('hidden/file'), 'secret');
  writeFileSync(at('protected/file'), 'as it was');
  for (const name of ['work', 'hidden', 'hidden/file', 'protected', 'protected/file'])
    if (process.getuid?.() === 0) chownSync(at(name), 993, 993);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  tier: Tier,
  files: Files | undefined,
  command: string[],
  options: Parameters<typeof runUnder>[2] = {},
) {
  const { init, remove } = layOut({
    signedPolicy: signedPolicy({ process: { effect: 'disable' }, ...(files && { files }) }),
  });
  try {
    const whole =
      tier === 'T0' ? [init] : [compileProgram('restrict.c'), tier === 'T1' ? 'landlock' : 'lambda', init];
    const [program = '', ...args] = [...whole, ...command];
    return await collect(runUnder(program, args, options));
  } finally {
    remove();
  }
}
const toldOf = ({ audits }: Awaited<ReturnType<typeof run>>) => audits.filter(({ type }) => type === 'file');

describe.each(tiers)('at %s', (tier) => {
  describe.each([
    ['what Landlock can hold', (): Files => ({ write: [`${at('work')}/**`] })],
    ['globs, which it cannot', (): Files => ({ write: [`${at('w*')}/**`], denyRead: ['/nothing/**'] })],
    ['alert', (): Files => ({ effect: 'alert', write: [`${at('work')}/**`] })],
  ])('with %s', (_, files) => {
    it.each([false, true])(
      'work with files gives the same as without a guard (as root: %s)',
      async (asRoot) => {
        const program = compileProgram('file-work.c');
        const free = await run(tier, undefined, [program, at('work')], { asRoot });
        expect(free.stdout).toMatch(/chdir up ok\n$/);
        rmSync(at('work'), { recursive: true });
        mkdirSync(at('work'));
        if (process.getuid?.() === 0) chownSync(at('work'), 993, 993);
        const guarded = await run(tier, files(), [program, at('work')], { asRoot });
        expect(guarded.stdout).toBe(free.stdout);
        expect(toldOf(guarded)).toEqual([]);
      },
    );
  });

  it.each([
    ['read', () => ['/bin/cat', at('hidden/file')]],
    ['write', () => ['/bin/sh', '-c', `echo x > ${at('protected/file')}`]],
    ['write', () => ['/bin/rm', at('protected/file')]],
    ['write', () => ['/bin/mv', at('work'), at('moved')]],
    ['write', () => ['/bin/chmod', '777', at('protected/file')]],
    ['write', () => ['/bin/touch', '-d', '2000-01-01', at('protected/file')]],
    ['write', () => ['/bin/mkdir', at('protected/new')]],
  ])('a %s that is not allowed is stopped and told', async (access, command) => {
    const files = { write: [`${at('work')}/**`], denyRead: [`${at('hidden')}/**`] };
    const finished = await run(tier, files, command());
    expect(finished.code).not.toBe(0);
    expect(finished.stdout).toBe('');
    expect(readFileSync(at('protected/file'), 'utf8')).toBe('as it was');
    expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked', detail: { access } });
  });

  it.each([
    ['a folder', 'link/**'],
    ['a file in it', 'link/file'],
    ['a glob', 'link/f*'],
  ])('a rule that names %s by a symlink is about what it leads to', async (_, pattern) => {
    symlinkSync(at('hidden'), at('link'));
    for (const path of ['hidden/file', 'link/file']) {
      const finished = await run(tier, { denyRead: [at(pattern)] }, ['/bin/cat', at(path)]);
      expect(finished.stdout).toBe('');
      expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked', detail: { path: at('hidden/file') } });
    }
    const allowed = await run(tier, { read: ['/usr/**', '/lib/**', '/etc/**', at(pattern)] }, [
      '/bin/cat',
      at('hidden/file'),
    ]);
    expect(allowed.stdout).toBe('secret');
  });

  it('what is sealed may be read until the first event, also when it was read before', async () => {
    const api = createServer((_, response) => {
      response.setHeader('Lambda-Runtime-Aws-Request-Id', 'one').end('{}');
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as AddressInfo;
    const script = `
import os, sys, urllib.request
def read():
    try: print(open(sys.argv[1]).read())
    except OSError as error: print(error.strerror)
read(); read()
urllib.request.urlopen('http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2018-06-01/runtime/invocation/next').read()
read()`;
    const finished = await run(
      tier,
      { sealed: [`${at('hidden')}/**`] },
      ['/usr/bin/python3', '-c', script, at('hidden/file')],
      { env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` } },
    );
    api.close();
    expect(finished.stdout).toBe('secret\nsecret\nPermission denied\n');
    expect(toldOf(finished)).toMatchObject([{ action: 'blocked', detail: { path: at('hidden/file') } }]);
  });

  it('symlinks of all kinds lead where they do without a guard', async () => {
    mkdirSync(at('a/b'), { recursive: true });
    mkdirSync(at('shared'));
    chmodSync(at('shared'), 0o1777);
    writeFileSync(at('a/file'), 'found');
    const links: [name: string, target: string][] = [
      ['a/b/up', '../file'],
      ['a/b/far', '../../a/file'],
      ['a/b/above', `${'../'.repeat(40)}${at('a/file').slice(1)}`],
      ['folder', at('a/b')],
      ['behind', 'folder/../file'],
      ['slash', 'a/'],
      ['dot', './a/./file'],
      ['chain', 'link'],
      ['link', 'slash/b/up'],
      ['loop', 'loop'],
      ['shared/link', '../a/file'],
      ['null', '/dev/null'],
      ['proc', '/proc/self/comm'],
      ['nothing', 'work/nothing/file'],
      ['secret', 'hidden'],
      ['to-secret', 'secret/file'],
    ];
    for (const [name, target] of links) symlinkSync(target, at(name));
    const paths = ['slash/file', 'folder/up', 'folder/far', 'secret/file', ...links.map(([name]) => name)];
    const script = `import sys
for path in sys.argv[1:]:
    try:
        with open(path) as file: print(path, file.read().strip())
    except OSError as error: print(path, error.errno)`;
    const command = ['/usr/bin/python3', '-c', script, ...paths.map(at)];
    const free = await run(tier, undefined, command);
    expect(free.stdout.match(/ found$/gm)).toHaveLength(11);
    const guarded = await run(
      tier,
      { write: [`${at('work')}/**`], denyRead: [`${at('hidden')}/**`] },
      command,
    );
    expect(guarded.stdout).toBe(
      free.stdout.replaceAll(/ secret$/gm, ' 13').replace(`${at('secret')} 21`, `${at('secret')} 13`),
    );
  });

  it('alert lets it happen and tells', async () => {
    const finished = await run(tier, { effect: 'alert', denyRead: [`${at('hidden')}/**`] }, [
      '/bin/cat',
      at('hidden/file'),
    ]);
    expect(finished.stdout).toBe('secret');
    expect(toldOf(finished)[0]).toMatchObject({ action: 'allowed', detail: { path: at('hidden/file') } });
  });

  it('what was dropped is not executed', async () => {
    const script = `cp /bin/true ${at('work/dropped')} && ${at('work/dropped')} && echo RAN`;
    const files = { write: [`${at('work')}/**`], denyExecute: [`${at('work')}/**`] };
    const finished = await run(tier, files, ['/bin/sh', '-c', script]);
    expect(existsSync(at('work/dropped'))).toBe(true);
    expect(finished.stdout).not.toContain('RAN');
    expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked', detail: { access: 'execute' } });
  });

  it.each(['memory', 'link', 'folder', 'write-memory'])(
    '10,000 races by %s are all lost',
    async (way) => {
      const files = {
        write: [`${at('work')}/**`],
        denyRead: [`${at('hidden')}/**`],
      };
      const finished = await run(tier, files, [
        compileProgram('file-attack.c'),
        way,
        at('work'),
        at('hidden/file'),
        at('protected/file'),
        '10000',
      ]);
      expect(finished.stdout).toBe('DONE\n');
      expect(readFileSync(at('protected/file'), 'utf8')).toBe('as it was');
    },
    120_000,
  );

  it('a name that is too long to be told is neither read, made nor changed', async () => {
    const files = { denyRead: ['/nothing/**'], write: [`${at('work')}/**`, '/*'] };
    const finished = await run(tier, files, [compileProgram('file-evasion.c'), 'deep-names', at('work')]);
    execFileSync('rm', ['-rf', at('work/upper')]);
    expect(finished.stdout).toBe('DONE\n');
    expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked' });
  });

  it('a file that looks deleted by its name is judged by that name', async () => {
    const files = { write: [at('work/file')] };
    const script = `echo x > '${at('work/file (deleted)')}'`;
    expect((await run(tier, files, ['/bin/sh', '-c', script])).code).not.toBe(0);
    expect(existsSync(at('work/file (deleted)'))).toBe(false);
  });

  it('a FIFO that may not be read is not opened', async () => {
    execFileSync('mkfifo', [at('hidden/fifo')]);
    const files = { denyRead: [`${at('hidden')}/**`] };
    const finished = await run(tier, files, ['/bin/cat', at('hidden/fifo')]);
    expect(finished.code).toBe(1);
    expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked', detail: { path: at('hidden/fifo') } });
  });

  it('a folder is judged as one, also where its own name is allowed', async () => {
    const files = { denyRead: [`${at('hidden')}/**`] };
    const finished = await run(tier, files, ['/bin/ls', at('hidden')]);
    expect(finished.stdout).toBe('');
    expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked', detail: { access: 'read' } });
  });

  it('a library is not mapped because its path has become too long to be told', async () => {
    const files = { write: [`${at('work')}/**`], denyExecute: [`${at('work')}/**`] };
    const finished = await run(tier, files, [compileProgram('file-evasion.c'), 'deep', at('work')]);
    execFileSync('rm', ['-rf', at('work/upper')]); // Node's own can't remove paths as long as these
    expect(finished.stdout).toBe('DONE\n');
    expect(toldOf(finished)[0]).toMatchObject({ action: 'blocked', detail: { access: 'execute' } });
  });

  it('root does not open what may not be read by its handle', async () => {
    const files = { denyRead: [`${at('hidden')}/**`] };
    const command = [compileProgram('file-evasion.c'), 'handle', at('hidden/file')];
    expect((await run(tier, undefined, command, { asRoot: true })).stdout).toBe('GOT\nDONE\n');
    expect((await run(tier, files, command, { asRoot: true })).stdout).toBe('DONE\n');
  });

  it('the interpreter of a script is executed, too', async () => {
    mkdirSync(at('interpreters'));
    copyFileSync('/bin/dash', at('interpreters/dash'));
    writeFileSync(at('script'), `#!${at('interpreters/dash')}\necho RAN\n`, { mode: 0o755 });
    const files = { denyExecute: [`${at('interpreters')}/**`] };
    const finished = await run(tier, files, ['/bin/sh', '-c', at('script')]);
    expect(finished.stdout).not.toContain('RAN');
    expect(toldOf(finished)[0]).toMatchObject({
      action: 'blocked',
      detail: { path: at('interpreters/dash') },
    });
  });
});

/** Where the init opens and judges files; the guard library of T2 has ways of its own. */
describe.each(['T0', 'T1'] as const)('where the init acts on behalf, at %s', (tier) => {
  it.each([false, true])(
    'the init opens none of its own files for the function (as root: %s)',
    async (asRoot) => {
      const files = { write: [`${at('work')}/**`], denyRead: [`${at('hidden')}/**`] };
      const finished = await run(tier, files, [compileProgram('file-evasion.c'), 'init'], { asRoot });
      expect(finished.stdout).toBe('DONE\n');
      expect(finished.audits).toContainEqual(expect.objectContaining({ type: 'tamper', action: 'blocked' }));
    },
  );
});

describe('at T2', () => {
  it('threads that wait at FIFOs keep no others from their files', async () => {
    symlinkSync(at('work'), at('link'));
    const program = [compileProgram('file-evasion.c'), 'fifos', at('link')];
    const files = { write: [`${at('work')}/**`], denyRead: [`${at('hidden')}/**`] };
    expect((await run('T2', files, program)).stdout).toBe('DONE\n');
  });
});
