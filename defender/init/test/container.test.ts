import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresses, resultOf } from './own-network.ts';
import {
  auditsOf,
  collect,
  compileProgram,
  type Finished,
  layOut,
  runUnder,
  signedPolicy,
} from './protect.ts';

// Where the platform forbids copies of descriptors, as Docker's and containerd's default profile does: the filter holds
// everything but the network, and the guard library holds that (defender/guard/test/network.test.ts has the attacks).

const { forbidden } = addresses;
const EPERM = 1;
const SIGKILL = 9;
const EACCES = 13;
const ENOSYS = 38;
const EPROTONOSUPPORT = 93;
const isX86 = process.arch === 'x64';

type Rule = Parameters<typeof signedPolicy>[0];
type Options = Parameters<typeof runUnder>[2] & { onError?: 'open' | 'closed'; library?: boolean };

let tools: string;
let attack: string;
let staticAttack: string;
let staticStarter: string;
const at = (name: string) => join(tools, name);

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-container-'));
  chmodSync(tools, 0o755);
  attack = at('network-attack');
  staticAttack = at('static-attack');
  staticStarter = at('static-starter');
  cpSync(compileProgram('network-attack.c'), attack);
  cpSync(compileProgram('network-attack.c', ['-static']), staticAttack);
  cpSync(compileProgram('attack.c', ['-static']), staticStarter);
  mkdirSync(at('open'));
  chmodSync(at('open'), 0o777);
});
afterAll(() => rmSync(tools, { recursive: true, force: true }));

async function run(
  rule: Rule,
  command: string[],
  { onError, library = true, ...options }: Options = {},
): Promise<Finished> {
  const signed = signedPolicy(rule, onError ? { onError } : {});
  const { init, remove } = layOut({ signedPolicy: signed }, undefined, { library });
  try {
    return await collect(runUnder(compileProgram('restrict.c'), ['container', init, ...command], options));
  } finally {
    remove();
  }
}

const network = { effect: 'prevent' } as const;
const unguarded = { sections: { process: 'prevent', network: 'unguarded' }, tiers: { process: 'T0' } };
/** The shell is the runtime; what it starts is a child. */
const child = (command: string) => ['/bin/sh', '-c', `${command}; true`];

it('each section is held by the tier that coverage names', async () => {
  const rule = {
    process: { allow: ['/usr/bin/tr', attack] },
    network,
    files: { write: [], denyExecute: [] },
    secrets: ['TOKEN'],
  };
  const script = `cat /etc/hostname; echo x > ${at('open')}/file; ${attack} tcp ${forbidden}; tr '\\0' '\\n' < /proc/self/environ`;
  const finished = await run(rule, child(script), { env: { TOKEN: 'hush' } });
  expect(finished.stdout).toContain(`RESULT ${EACCES}\n`);
  expect(finished.stdout).not.toContain('hush');
  const held = { process: 'T0', network: 'T2', files: 'T0', secrets: 'T0' };
  expect(auditsOf(finished, 'coverage')).toMatchObject([{ detail: { tier: 'T0', tiers: held } }]);
  expect(auditsOf(finished, 'process')).toMatchObject([
    { action: 'blocked', detail: { requested: '/usr/bin/cat', call: 'execve' } },
    { action: 'blocked', detail: { requested: '/bin/cat' } },
  ]);
  expect(auditsOf(finished, 'file')).toMatchObject([{ detail: { path: `${at('open')}/file` } }]);
  expect(auditsOf(finished, 'network')).toMatchObject([{ detail: { address: forbidden, caller: attack } }]);
});

it('with limited reading the library still finds its way', async () => {
  const files = {
    read: ['/usr/**', '/lib/**', '/lib64/**', '/etc/ld.so.cache', `${tools}/**`],
    denyExecute: [],
  };
  const rule: Rule = { process: { effect: 'disable' }, network, files };
  const finished = await run(rule, child(`${attack} tcp ${forbidden}; cat /etc/passwd`));
  expect(finished.stdout).toBe(`RESULT ${EACCES}\n`);
  expect(auditsOf(finished, 'file')).toMatchObject([{ detail: { path: '/etc/passwd', access: 'read' } }]);
});

it('the file of a socket is judged by the file section, without a copy of the socket', async () => {
  const bind = (path: string) => `import socket; socket.socket(socket.AF_UNIX).bind("${path}")`;
  const rule: Rule = {
    process: { effect: 'disable' },
    network,
    files: { write: [`${at('open')}/*.sock`] },
  };
  const allowed = await run(rule, ['/usr/bin/python3', '-c', bind(at('open/a.sock'))]);
  expect(allowed).toMatchObject({ code: 0, stderr: '' });
  const refused = await run(rule, ['/usr/bin/python3', '-c', bind(at('open/b'))]);
  expect(refused.stderr).toContain('PermissionError');
  expect(auditsOf(refused, 'file')).toMatchObject([{ action: 'blocked', detail: { path: at('open/b') } }]);
});

it('what starts later maps the C library that the init has prepared, which the file section lets through', async () => {
  const rule: Rule = { process: { effect: 'disable' }, network, files: { execute: ['/usr/**', '/lib/**'] } };
  const script =
    'until cat /proc/self/maps | grep "r-xp.*memfd:ringfence" > /dev/null; do :; done; echo mapped';
  const finished = await run(rule, ['/bin/sh', '-c', script]);
  expect(finished.stdout).toBe('mapped\n');
  expect(auditsOf(finished, 'file')).toEqual([]);
});

describe('a static program', () => {
  const start = (allow: string[], command: string) => run({ process: { allow }, network }, child(command));
  const attempt = (allow: string[], way: string) => start(allow, `${staticAttack} ${way} ${forbidden}`);

  it.each([
    ['a pattern', () => ({ process: { allow: [`${tools}/**`] }, network })],
    ['the missing process section', () => ({ process: { effect: 'disable' } as const, network })],
  ])('is not started by %s, since the library can not go with it', async (_, rule) => {
    const finished = await run(rule(), child(`${staticAttack} netlink`));
    expect(finished.stderr).toContain('not permitted');
    expect(auditsOf(finished, 'process')).toMatchObject([
      { action: 'blocked', detail: { reason: expect.stringContaining('static') } },
    ]);
  });

  it('is started when it is named, and told as unguarded; what registers decide the filter holds', async () => {
    const finished = await attempt([staticAttack], 'netlink');
    expect(resultOf(finished)).toBe(EPROTONOSUPPORT);
    expect(auditsOf(finished, 'process')).toMatchObject([
      { action: 'allowed', detail: { path: staticAttack, reason: expect.stringContaining('not guarded') } },
    ]);
    expect(auditsOf(finished, 'network')).toMatchObject([
      { action: 'blocked', detail: { protocol: 'netlink' } },
    ]);
  });

  it('starts nothing without the library', async () => {
    const finished = await start([staticStarter, attack], `${staticStarter} bare-execve ${attack}`);
    expect(resultOf(finished)).toBe(200 + SIGKILL);
    expect(auditsOf(finished, 'tamper')).toMatchObject([
      { action: 'blocked', detail: { path: attack, reason: expect.stringContaining('LD_PRELOAD') } },
    ]);
    const passedOn = await start([staticStarter, attack], `${staticStarter} execve ${attack}`);
    expect(auditsOf(passedOn, 'tamper')).toEqual([]);
  });

  it('as the runtime that an entry names leaves the network of what it starts to the library', async () => {
    const rule = { process: { allow: [staticStarter, attack, '/bin/sh'] }, network };
    writeFileSync(at('argument'), `${attack} tcp ${forbidden}\n`);
    const finished = await run(rule, [staticStarter, 'execve', '/bin/sh'], { cwd: tools });
    expect(finished.stdout).toContain(`RESULT ${EACCES}\n`);
    expect(auditsOf(finished, 'coverage')).toMatchObject([
      {
        detail: {
          tiers: { network: 'T2' },
          missing: expect.arrayContaining([expect.stringContaining('network of the runtime itself')]),
        },
      },
    ]);
  });

  it('as the runtime leaves its network unguarded, or does not stay', async () => {
    const rule = { process: { allow: [] }, network };
    const open = await run(rule, [staticAttack, 'tcp', '127.0.0.1'], { onError: 'open' });
    expect(auditsOf(open, 'coverage')).toMatchObject([{ detail: unguarded }]);
    const closed = await run(rule, [staticAttack, 'tcp', '127.0.0.1'], { onError: 'closed' });
    expect(closed.code).toBe(1);
    expect(closed.stderr).toContain('static program');
  });
});

it.runIf(isX86)('32-bit calls, which the library does not see, are absent', async () => {
  const finished = await run({ process: { effect: 'disable' }, network }, [
    attack,
    'int80-sendmsg',
    forbidden,
  ]);
  expect(resultOf(finished)).toBe(ENOSYS);
  expect(auditsOf(finished, 'network')).toMatchObject([
    { action: 'blocked', detail: { abi: 'i386', call: 'sendmsg' } },
  ]);
});

describe('without the library in the package', () => {
  const rule = { process: { allow: [] }, network };

  it('a function does not start when onError is closed', async () => {
    const finished = await run(rule, ['/bin/echo', 'started'], { onError: 'closed', library: false });
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(/pidfd_getfd.*guard\.so is not in the package/);
  });

  it('its network is unguarded when onError is open, and coverage says so', async () => {
    const finished = await run(rule, [attack, 'tcp', '127.0.0.1'], { onError: 'open', library: false });
    expect(resultOf(finished)).not.toBe(EPERM);
    expect(finished.audits).toMatchObject([
      {
        type: 'coverage',
        detail: { ...unguarded, missing: [expect.stringMatching(/pidfd_getfd.*guard\.so/)] },
      },
    ]);
  });
});
