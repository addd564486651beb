import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditsOf, compileProgram } from '../../init/test/protect.ts';
import { runWithLibrary } from './guarded.ts';

const EPERM = 1;
const EBADF = 9;
const ENOMEM = 12;
const EACCES = 13;
const ENOSYS = 38;

let tools: string;
let attack: string;
let ownGuard: string;
let evil: string;
let rawCall: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-tamper-'));
  chmodSync(tools, 0o755);
  const at = (name: string, from: string) => {
    cpSync(from, join(tools, name));
    return join(tools, name);
  };
  attack = at('attack', compileProgram('attack.c'));
  evil = at('evil', compileProgram('evil.c'));
  ownGuard = join(tools, 'own-guard');
  const source = fileURLToPath(new URL('own-guard.c', import.meta.url));
  execFileSync('gcc', ['-O1', '-Wall', '-Wextra', '-Werror', source, '-o', ownGuard]);
  rawCall = join(tools, 'raw-call.so');
  const library = fileURLToPath(new URL('raw-call.c', import.meta.url));
  execFileSync('gcc', ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', library, '-o', rawCall]);
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

describe('the guard in the own process', () => {
  it.each([
    ['unmap', EPERM],
    ['make-writable', EPERM],
    ['forget-changes', EPERM],
    ['map-over', EPERM],
    ['move', EPERM],
    ['own-memory', EACCES],
    ['own-memory-by-thread', EACCES],
    ['own-memory-relative', EACCES],
    ['run-data', EPERM],
    ['run-call', EACCES],
    ['run-pushed-call', EACCES],
    ['run-call-of-cleared', EACCES],
    ['run-call-of-library', EACCES],
    ['run-before-hole', EACCES],
    ['run-below', EACCES],
    ['file-writable', EACCES],
    ['file-later', EACCES],
    ['file-only-executable', EACCES],
    ['attach-code', EPERM],
  ])('withstands %s, and tells', async (way, errno) => {
    const finished = await runWithLibrary({ effect: 'prevent' }, [ownGuard, way, evil, rawCall]);
    expect(finished).toMatchObject({ stdout: `RESULT ${errno}\n`, code: EPERM });
    expect(auditsOf(finished, 'tamper')).toMatchObject([
      {
        effect: 'prevent',
        action: 'blocked',
        message: expect.stringMatching(/^policy hijacked: own-guard /),
        detail: { caller: ownGuard },
      },
    ]);
    expect(auditsOf(finished, 'process')).toMatchObject([{ action: 'blocked', detail: { path: evil } }]);
  });

  /** What a runtime may do: its code is mapped in other ways, JIT compilers write any constants. */
  it.each([
    ['run-unwatched-call', '', 0],
    ['run-unwatched-before-hole', '', ENOMEM],
    ['run-unwatched-below', '', 0],
    ['run-constants', '', 0],
    ['file-later', process.execPath, 0],
    ['file-writable', process.execPath, 0],
  ])('lets go %s %s', async (way, file, errno) => {
    const finished = await runWithLibrary({ effect: 'prevent' }, [ownGuard, way, evil, file]);
    expect(finished).toMatchObject({ stdout: `RESULT ${errno}\n`, code: EPERM });
    expect(auditsOf(finished, 'tamper')).toEqual([]);
  });

  it.each([
    ['close', EBADF],
    ['close-range', 0],
    ['replace', EBADF],
    ['other-table', process.arch === 'x64' ? ENOSYS : 0],
  ])('goes on after %s', async (way, errno) => {
    const finished = await runWithLibrary({ effect: 'prevent' }, [ownGuard, way, evil]);
    expect(finished).toMatchObject({ stdout: `RESULT ${errno}\n`, code: EPERM });
    expect(auditsOf(finished, 'process')).toMatchObject([{ action: 'blocked', detail: { path: evil } }]);
  });
});

describe('the init', () => {
  it.each([
    'kill-init',
    'kill-all',
    'kill-group',
    'tgkill-init',
    'sigqueue-init',
    'ptrace-init',
    'pidfd-init',
    'limit-init',
    'write-init',
    'idle-init',
  ])('withstands %s, and tells', async (way) => {
    const finished = await runWithLibrary({ effect: 'prevent' }, [attack, way, evil]);
    expect(finished.stdout).toBe(`RESULT ${EPERM}\n`);
    expect(auditsOf(finished, 'tamper')[0]).toMatchObject({ effect: 'prevent', action: 'blocked' });
  });
});

/** The platform refuses prctl, so that the init can't make itself undumpable; the kernel does where its file can't be read. */
it.each([
  [0o111, `environ ${EACCES}\nmem ${EACCES}\n`],
  [0o555, 'environ 0\nmem 0\n'],
])(
  'a program without the guard, of the same user, opens the memory of an init of mode %o or not',
  async (initMode, stdout) => {
    const look = join(tools, 'look-at-parent');
    const source = fileURLToPath(new URL('look-at-parent.c', import.meta.url));
    execFileSync('gcc', ['-static', '-O1', '-Wall', '-Wextra', '-Werror', source, '-o', look]);
    const finished = await runWithLibrary(
      { effect: 'prevent', allow: [look] },
      ['/bin/sh', '-c', `exec ${look}`],
      {
        initMode,
      },
    );
    expect(finished.stdout).toBe(stdout);
  },
);

it('what is used while the policy learns comes into the model', async () => {
  const finished = await runWithLibrary(
    { process: { effect: 'learn' }, files: { effect: 'learn' }, learn: { hours: 1 } },
    ['/bin/sh', '-c', `cat /etc/hostname; echo x > ${tools}/../ringfence-learned; /usr/bin/true`],
  );
  rmSync(join(tools, '../ringfence-learned'), { force: true });
  const entries = auditsOf(finished, 'model').flatMap(
    ({ detail }) => (detail as { entries: { kind: string; value: string }[] }).entries,
  );
  expect(entries).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'process', value: '/usr/bin/true' }),
      expect.objectContaining({ kind: 'read', value: expect.stringMatching(/^\/etc\//) }),
      expect.objectContaining({ kind: 'write' }),
    ]),
  );
  expect(auditsOf(finished, 'process')).toEqual([]);
});
