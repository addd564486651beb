import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Finished } from '../../defender/init/test/protect.ts';
import { addresses } from '../lab/addresses.ts';
import { type Lab, openLab } from '../lab/lab.ts';
import { runGuarded } from '../lab/run-guarded.ts';
import { platformOf } from '../lab/tiers.ts';

const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const { api, api6, stranger } = addresses;
/** A name server that the lab has not got: whoever asks it gets answers all the same. */
const absent = '203.0.113.53';
const absent6 = '2001:db8:53::53';
/** The page that the lab's server has. */
const page = 'GET /page on connection';

let lab: Lab;
let tools: string;
beforeAll(async () => {
  lab = await openLab();
  tools = mkdtempSync(join(tmpdir(), 'ringfence-lookups-'));
  chmodSync(tools, 0o755);
});
afterAll(async () => {
  await lab?.close();
  rmSync(tools, { recursive: true, force: true });
});
beforeEach(() => lab.takeLog());

const outbound = ['*.lab.test:80'];
const guarded = (command: string[], network: { effect?: 'alert'; listen?: number[] } = {}) =>
  runGuarded(
    lab,
    {
      rule: { process: { effect: 'disable' }, network: { outbound, ...network } },
      platform: platformOf('T0'),
    },
    command,
  );

const told = (finished: Finished) =>
  finished.audits
    .filter(({ type }) => type !== 'coverage')
    .map(({ type, detail }) => ({
      type,
      ...(detail as { direction: string; domain?: string; caller: string }),
    }));

/** What a run must have told about the denied name and nothing else. */
async function expectOnlyDenied(finished: Finished, caller: RegExp) {
  const audits = told(finished);
  expect(audits.length).toBeGreaterThan(0);
  for (const audit of audits)
    expect(audit).toMatchObject({ type: 'network', direction: 'lookup', domain: 'stranger.test' });
  expect(audits.some((audit) => caller.test(audit.caller))).toBe(true);
  expect((await lab.takeLog()).filter((line) => /stranger/.test(line))).toEqual([]);
}

describe('lookups by', () => {
  it('Python', async () => {
    const names = ['api.lab.test', 'alias.lab.test', 'stranger.test'];
    const finished = await guarded(['/usr/bin/python3', at('look-up.py'), ...names]);
    const found = `${api} ${api6} ${page}`;
    expect(finished).toMatchObject({ code: 0, stdout: `${found}\nEAI_NONAME \n`, stderr: '' });
    await expectOnlyDenied(finished, /python3/);
  });

  it('Node: the C library, c-ares, c-ares at another server, fetch', async () => {
    const names = ['api.lab.test', 'alias.lab.test', 'stranger.test'];
    const finished = await guarded([process.execPath, at('look-up.mjs'), absent, ...names]);
    const lines = finished.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const found = [[api, api6].sort(), [api], [api6], [api], [page]];
    expect(lines).toEqual([found, found, Array(5).fill('ENOTFOUND')]);
    await expectOnlyDenied(finished, /node/);
  });

  it('Java: InetAddress and JNDI at another server', async () => {
    const command = ['/usr/bin/java', at('LookUp.java'), absent, 'api.lab.test', 'stranger.test'];
    const finished = await guarded(command);
    expect(finished.stdout).toBe(
      `${api} 2001:db8:0:0:0:0:0:80 / ${api}\nUnknownHostException / NameNotFoundException\n`,
    );
    await expectOnlyDenied(finished, /java/);
  });

  it('Ruby: the C library and Resolv at another server', async () => {
    const command = [
      '/usr/bin/ruby',
      at('look-up.rb'),
      absent,
      'api.lab.test',
      'alias.lab.test',
      'stranger.test',
    ];
    const finished = await guarded(command, { listen: [0] }); // its own resolver takes ports at random
    expect(finished.stdout).toBe(
      `${api} ${api6} / ${api}\n${api} ${api6} / ${api}\nSocketError / ResolvError\n`,
    );
    await expectOnlyDenied(finished, /ruby/);
  });

  it.each([
    ['glibc', 'gcc', []],
    ['musl', 'musl-gcc', []],
    ['musl, static', 'musl-gcc', ['-static']],
  ])('the C library: %s', async (_, compiler, flags) => {
    const program = join(tools, `names-${compiler}${flags}`);
    execFileSync(compiler, ['-O1', '-Wall', '-Werror', at('lookup.c'), '-o', program, ...flags]);
    for (const name of ['api.lab.test', 'alias.lab.test']) {
      const finished = await guarded([program, 'names', name]);
      expect(finished.stdout.trim().split(' ').sort()).toEqual([api, api6].sort());
      expect(told(finished)).toEqual([]);
    }
    const denied = await guarded([program, 'names', 'stranger.test']);
    expect(denied.stdout).toBe('EAI_NONAME\n');
    await expectOnlyDenied(denied, /names-/);
  });
});

describe('packets to any name server', () => {
  let program: string;
  beforeAll(() => {
    program = join(tools, 'packets');
    execFileSync('gcc', ['-O1', '-Wall', '-Werror', at('lookup.c'), '-o', program]);
  });

  it.each([
    ['sendto recvfrom', absent],
    ['sendto recvfrom', absent6],
    ['sendto recvfrom', `::ffff:${absent}`],
    ['sendto recvfrom', '127.0.0.53'],
    ['sendto recvfrom blocking', absent],
    ['sendto recvmsg', absent],
    ['sendto recvmsg', absent6],
    ['sendto recvmsg blocking', absent],
    ['sendmsg recvmsg', absent],
    ['sendmmsg recvfrom', absent],
    ['connect recvfrom', absent],
    ['connect recvmsg', absent6],
    ['sendto recvfrom peek', absent],
  ])(
    '%s %s: the answer bears that server’s address, and a denied name’s packet goes nowhere',
    async (way, server) => {
      const finished = await guarded([program, 'packet', way, server, 'api.lab.test']);
      expect(finished.stdout).toBe(`from ${server} 53 code 0 answers 1\n`);
      expect(told(finished)).toEqual([]);
      const denied = await guarded([program, 'packet', way, server, 'c2VjcmV0.stranger.test']);
      expect(denied.stdout).toBe(`from ${server} 53 code 3 answers 0\n`);
      expect(told(denied)[0]).toMatchObject({ domain: 'c2vjcmv0.stranger.test', caller: program });
      expect((await lab.takeLog()).filter((line) => /stranger/.test(line))).toEqual([]);
    },
  );

  it.each([absent, absent6, stranger])('over TCP to %s', async (server) => {
    const finished = await guarded([program, 'packet', 'tcp', server, 'api.lab.test']);
    expect(finished.stdout).toBe('code 0 answers 1\n');
    const denied = await guarded([program, 'packet', 'tcp', server, 'stranger.test']);
    expect(denied.stdout).toBe('code 3 answers 0\n');
    await expectOnlyDenied(denied, /packets/);
  });
});

describe('ways past the resolver', () => {
  const connect = (address: string, port: number) => [
    '/usr/bin/python3',
    '-c',
    `import socket
try: socket.create_connection(("${address}", ${port}), 5).sendall(b"secret")
except OSError as error: print(error.strerror)`,
  ];

  it.each([
    ['DNS over TLS', 853],
    ['DNS over HTTPS', 443],
  ])('%s by address is refused', async (_, port) => {
    const finished = await guarded(connect(stranger, port));
    expect(finished.stdout).toBe('Permission denied\n');
    expect(told(finished)).toMatchObject([{ direction: 'outbound', address: stranger, port }]);
    expect(await lab.takeLog()).toEqual([]);
  });

  it('an allowed name that leads to the metadata endpoint does not open it', async () => {
    const finished = await guarded(connect('rebound.lab.test', 80));
    expect(finished.stdout).toBe('Permission denied\n');
    expect(told(finished)).toMatchObject([{ direction: 'outbound', address: '169.254.169.254' }]);
    expect((await lab.takeLog()).filter((line) => /metadata/.test(line))).toEqual([]);
  });

  it('an address that was not looked up is refused, and its name opens it', async () => {
    expect((await guarded(connect(api, 80))).stdout).toBe('Permission denied\n');
    expect((await guarded(connect('api.lab.test', 80))).stdout).toBe('');
  });

  it('under alert everything is answered, and told', async () => {
    const finished = await guarded(connect('stranger.test', 443), { effect: 'alert' });
    expect(finished.stdout).toBe('');
    for (const detail of [{ direction: 'lookup' }, { direction: 'outbound', protocol: 'tcp', port: 443 }])
      expect(told(finished)).toContainEqual(expect.objectContaining({ domain: 'stranger.test', ...detail }));
  });
});
