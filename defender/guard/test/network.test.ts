import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addresses, linesOf, makeNetwork } from '../../init/test/own-network.ts';
import { collect, compileProgram, type Finished, layOut, signedPolicy } from '../../init/test/protect.ts';
import { auditsOf } from './guarded.ts';

const { allowed, allowed6, forbidden, forbidden6, metadata, silent } = addresses;
const EPERM = 1;
const EACCES = 13;
const ENOENT = 2;
const EPROTONOSUPPORT = 93;
const EAFNOSUPPORT = 97;

type Sections = Extract<Parameters<typeof signedPolicy>[0], { network?: unknown }>;
type Network = NonNullable<Sections['network']>;

const network = makeNetwork(`ringfence-guard-${process.pid}`);
let tools: string;
let attack: string;
let server: ChildProcess;
/** What the server has heard: address and kind. */
let heard: string[];
let sockets: { allowed: string; forbidden: string };

beforeAll(async () => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-library-network-'));
  chmodSync(tools, 0o777);
  attack = join(tools, 'network-attack');
  cpSync(compileProgram('network-attack.c'), attack);
  sockets = { allowed: join(tools, 'allowed.sock'), forbidden: join(tools, 'forbidden') };
  server = network.start([
    attack,
    'serve',
    ...[silent, '127.0.0.1', allowed, allowed6, forbidden, forbidden6, metadata],
    ...Object.values(sockets),
    '@allowed-one',
    '@forbidden',
  ]);
  heard = await linesOf(server);
});

afterAll(() => {
  server.kill();
  network.remove();
  rmSync(tools, { recursive: true, force: true });
});

beforeEach(() => {
  heard.length = 0;
});

const leaked = () =>
  heard.filter((line) => !/^(127\.0\.0\.1|192\.0\.2\.1|2001:db8::1|\S+\.sock|@allowed-one) /.test(line));

const outbound = [`${allowed}/32:7000`, '192.0.2.64/26', `[${allowed6}/128]:7000`];

/** Runs an attack where no filter can be set, and so with the library. */
async function run(settings: Network, command: string[]): Promise<Finished> {
  const { init, remove } = layOut({
    signedPolicy: signedPolicy({
      process: { effect: 'disable' },
      network: { outbound, unix: [`${tools}/*.sock`, '@allowed*'], ...settings },
    }),
  });
  try {
    return await collect(network.start([compileProgram('restrict.c'), 'lambda', init, ...command]));
  } finally {
    remove();
  }
}

const result = (finished: Finished) => Number(/RESULT (\d+)/.exec(finished.stdout)?.[1] ?? -1);

describe('prevent', () => {
  it.each([
    ['tcp', forbidden, { protocol: 'tcp', address: forbidden, port: 7000, call: 'connect' }],
    ['tcp-nonblocking', forbidden, { protocol: 'tcp', call: 'connect' }],
    ['tcp6', forbidden6, { address: forbidden6, port: 7000 }],
    ['tcp6', `::ffff:${forbidden}`, { address: forbidden }],
    ['tcp', metadata, { address: metadata, reason: expect.stringContaining('metadata') }],
    ['udp-connect', forbidden, { protocol: 'udp', call: 'connect' }],
    ['udp-sendto', forbidden, { protocol: 'udp', call: 'sendto' }],
    ['udp-without-family', forbidden, { address: forbidden, call: 'sendto' }],
    ['udp6-to-ipv4', forbidden, { address: forbidden, call: 'sendto' }],
    ['udp-sendmsg', forbidden, { call: 'sendmsg' }],
    ['reconnect-udp', forbidden, { call: 'connect' }],
    ['fast-open', forbidden, { call: 'sendto' }],
  ])('stops %s to %s', async (way, target, detail) => {
    const finished = await run({}, [attack, way, target, allowed]);
    expect(result(finished)).toBe(EACCES);
    expect(leaked()).toEqual([]);
    expect(auditsOf(finished, 'network')).toMatchObject([
      { effect: 'prevent', action: 'blocked', detail: { direction: 'outbound', caller: attack, ...detail } },
    ]);
  });

  it('of several messages at once sends those that are allowed', async () => {
    const finished = await run({}, [attack, 'udp-sendmmsg', forbidden, allowed]);
    expect(leaked()).toEqual([]);
    expect(auditsOf(finished, 'network')).toMatchObject([
      { action: 'blocked', detail: { call: 'sendmmsg' } },
    ]);
  });

  it.each([
    ['tcp', allowed],
    ['tcp-nonblocking', allowed],
    ['tcp6', allowed6],
    ['tcp6', `::ffff:${allowed}`],
    ['tcp', '127.0.0.1'],
    ['udp-connect', allowed],
    ['udp-sendto', allowed],
    ['udp-sendmsg', allowed],
    ['udp-sendmmsg', allowed],
    ['unix-stream', '@allowed-one'],
  ])('lets %s to %s through', async (way, target) => {
    const finished = await run({}, [attack, way, target, allowed]);
    expect(result(finished)).toBe(0);
    expect(auditsOf(finished, 'network')).toEqual([]);
    await expect.poll(() => heard.length).toBeGreaterThan(0);
  });

  it.each([
    ['source-route-option', forbidden, EPERM],
    ['source-route-message', forbidden, EPERM],
    ['routing-header', forbidden6, EPERM],
    ['flow-label', forbidden6, EPERM],
  ])('refuses %s, by which packets would go elsewhere', async (way, target, errno) => {
    expect(result(await run({}, [attack, way, target, allowed]))).toBe(errno);
    expect(leaked()).toEqual([]);
  });

  it.each([
    ['raw', EPERM, 'raw'],
    ['ping', EPROTONOSUPPORT, 'protocol 1'],
    ['packet', EAFNOSUPPORT, 'packet'],
    ['vsock', EAFNOSUPPORT, 'vsock'],
    ['netlink', EPROTONOSUPPORT, 'netlink'],
    ['alg', EAFNOSUPPORT, 'alg'],
  ])('opens no socket for %s', async (way, errno, protocol) => {
    const finished = await run({}, [attack, way]);
    expect(result(finished)).toBe(errno);
    expect(auditsOf(finished, 'network')).toMatchObject([
      { action: 'blocked', detail: { direction: 'socket', protocol } },
    ]);
  });
});

describe('sockets of AF_UNIX', () => {
  it.each(['unix-stream', 'unix-relative', 'unix-by-link'])(
    '%s reaches none that is not named',
    async (way) => {
      const finished = await run({}, [attack, way, sockets.forbidden, join(tools, 'link.sock')]);
      expect(result(finished)).toBe(EACCES);
      expect(leaked()).toEqual([]);
      expect(auditsOf(finished, 'network')[0]).toMatchObject({
        detail: { protocol: 'unix', address: sockets.forbidden },
      });
    },
  );

  it('reaches one that is named, and gets the kernel’s error for one that is not there', async () => {
    expect(result(await run({}, [attack, 'unix-stream', sockets.allowed]))).toBe(0);
    const finished = await run({}, [attack, 'unix-stream', join(tools, 'none.sock')]);
    expect(result(finished)).toBe(ENOENT);
    expect(auditsOf(finished, 'network')).toEqual([]);
  });
});

it.each([
  ['listen', 8080, 0],
  ['listen', 8081, EACCES],
  ['udp-bind', 8081, EACCES],
  ['udp-bind', 0, 0],
])('%s on port %i', async (way, port, errno) => {
  const finished = await run({ listen: [8080] }, [attack, way, '0.0.0.0', '', String(port)]);
  expect(result(finished)).toBe(errno);
});

it.each(['race-connect', 'race-sendto', 'race-sendmsg'])(
  '%s never reaches the forbidden address',
  async (way) => {
    await run({}, [attack, way, forbidden, allowed, '7000', '2000']);
    expect(leaked()).toEqual([]);
  },
  60_000,
);

it('alert lets it happen and tells; learn tells nothing', async () => {
  const alert = await run({ effect: 'alert' }, [attack, 'tcp', forbidden, allowed]);
  expect(result(alert)).toBe(0);
  expect(auditsOf(alert, 'network')).toMatchObject([{ effect: 'alert', action: 'allowed' }]);
});
