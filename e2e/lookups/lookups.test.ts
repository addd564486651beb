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
import { absent, runtimes } from './runtimes.ts';

const source = fileURLToPath(new URL('lookup.c', import.meta.url));
const { api, api6, stranger } = addresses;
const absent6 = '2001:db8:53::53';
const known = ['api.lab.test', 'alias.lab.test'];
const unknown = 'stranger.test';

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

const compile = (name: string, compiler: string, ...flags: string[]) => {
  const program = join(tools, name);
  execFileSync(compiler, ['-O1', '-Wall', '-Werror', source, '-o', program, ...flags]);
  return program;
};

const told = (finished: Finished) =>
  finished.audits
    .filter(({ type }) => type !== 'coverage')
    .map(({ type, detail }) => ({
      type,
      ...(detail as { direction: string; domain?: string; caller: string }),
    }));

/** What a run must have told about the denied name and nothing else; the name server was not asked for it. */
async function expectOnlyDenied(finished: Finished, caller: { caller?: string }) {
  const audits = told(finished);
  expect(audits.length).toBeGreaterThan(0);
  for (const audit of audits)
    expect(audit).toMatchObject({
      type: 'network',
      direction: 'lookup',
      domain: expect.stringMatching(/stranger\.test$/),
      ...caller,
    });
  expect((await lab.takeLog()).filter((line) => /stranger/.test(line))).toEqual([]);
}

// T0: the init sees packets to any name server. T2, T0+T2: the guard library leads them to the init's resolver.
describe.each(['T0', 'T2', 'T0+T2'] as const)('at %s', (tier) => {
  const guarded = (command: string[], network: { effect?: 'alert'; listen?: number[] } = {}) =>
    runGuarded(
      lab,
      {
        rule: { process: { effect: 'disable' }, network: { outbound: ['*.lab.test:80'], ...network } },
        platform: platformOf(tier),
      },
      command,
    );

  /** The library's packets reach the init's resolver from the process itself, and do not say which that is. */
  const by = (program: string) => (tier === 'T0' ? { caller: expect.stringMatching(program) } : {});

  describe('lookups by', () => {
    it.each(runtimes)('$name', async ({ command, found, refused, listen = [] }) => {
      const finished = await guarded([...command, ...known, unknown], { listen });
      expect(finished.stderr).toBe('');
      expect(finished.stdout).toBe([...known.map(() => found), refused, ''].join('\n'));
      await expectOnlyDenied(finished, by('python3|node|java|ruby|dotnet'));
    });

    it.each([
      { library: 'glibc', compiler: 'gcc', flags: [] },
      { library: 'musl', compiler: 'musl-gcc', flags: [] },
      // A static program does not load the guard library: at T2 the init says that it is unguarded.
      ...(tier === 'T0' ? [{ library: 'musl, static', compiler: 'musl-gcc', flags: ['-static'] }] : []),
    ])('the C library: $library', async ({ compiler, flags }) => {
      const program = compile(`names-${compiler}${flags}`, compiler, ...flags);
      for (const name of known) {
        const finished = await guarded([program, 'names', name]);
        expect(finished.stdout.trim().split(' ').sort()).toEqual([api, api6].sort());
        expect(told(finished)).toEqual([]);
      }
      const denied = await guarded([program, 'names', unknown]);
      expect(denied.stdout).toBe('EAI_NONAME\n');
      await expectOnlyDenied(denied, by('names-'));
    });
  });

  describe('packets to any name server', () => {
    let program: string;
    beforeAll(() => {
      program = compile('packets', 'gcc');
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
      ['connect sendmsg recvmsg', absent],
      ['connect sendmmsg recvfrom', absent],
      ['bound sendto recvfrom', absent],
      ['bound sendto recvfrom', absent6],
      ['bound sendto recvfrom', `::ffff:${absent}`],
      ['sendto recvfrom peek', absent],
    ])(
      '%s %s: the answer bears that server’s address, and a denied name’s packet goes nowhere',
      async (way, server) => {
        const finished = await guarded([program, 'packet', way, server, 'api.lab.test']);
        expect(finished.stdout).toBe(`from ${server} 53 code 0 answers 1\n`);
        expect(told(finished)).toEqual([]);
        const denied = await guarded([program, 'packet', way, server, 'c2VjcmV0.stranger.test']);
        expect(denied.stdout).toBe(`from ${server} 53 code 3 answers 0\n`);
        await expectOnlyDenied(denied, by('packets'));
      },
    );

    it.each([absent, absent6, stranger])('over TCP to %s', async (server) => {
      const finished = await guarded([program, 'packet', 'tcp', server, 'api.lab.test']);
      expect(finished.stdout).toBe('code 0 answers 1\n');
      const denied = await guarded([program, 'packet', 'tcp', server, unknown]);
      expect(denied.stdout).toBe('code 3 answers 0\n');
      await expectOnlyDenied(denied, by('packets'));
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
      const finished = await guarded(connect(unknown, 443), { effect: 'alert' });
      expect(finished.stdout).toBe('');
      for (const detail of [{ direction: 'lookup' }, { direction: 'outbound', protocol: 'tcp', port: 443 }])
        expect(told(finished)).toContainEqual(expect.objectContaining({ domain: unknown, ...detail }));
    });
  });
});
