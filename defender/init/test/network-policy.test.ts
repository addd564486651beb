import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { divertedPackets, forbiddenSockets } from './network-attempts.ts';
import { addresses, type NetworkRule, openOwnNetwork, resultOf } from './own-network.ts';
import { auditsOf, type Finished } from './protect.ts';

const { allowed, allowed6, forbidden, forbidden6, metadata, silent } = addresses;
const EINTR = 4;
const EACCES = 13;
const ENOENT = 2;
const ENOSYS = 38;
const EPROTONOSUPPORT = 93;
const EOPNOTSUPP = 95;
const EAFNOSUPPORT = 97;
const ECONNREFUSED = 111;
const EINPROGRESS = 115;
const isX86 = process.arch === 'x64';

const { attack, close, heard, leaked, run, sockets, tools } = await openOwnNetwork(
  `ringfence-init-${process.pid}`,
);
afterAll(close);
beforeEach(() => {
  heard.length = 0;
});

const outbound = [`${allowed}/32:7000`, '192.0.2.64/26', `[${allowed6}/128]:7000`, `${silent}:7000`];

const prevent = (command: string[], settings: NetworkRule = {}) =>
  run({ effect: 'prevent', outbound, unix: [`${tools}/*.sock`, '@allowed*'], ...settings }, command);

const audits = (finished: Finished) => auditsOf(finished, 'network');

type Attempt = [way: string, target: string, errno: number, detail: Record<string, unknown>];

const outboundAttempts: Attempt[] = [
  ['tcp', forbidden, EACCES, { protocol: 'tcp', address: forbidden, port: 7000, call: 'connect' }],
  ['tcp-nonblocking', forbidden, EACCES, { protocol: 'tcp', call: 'connect' }],
  ['tcp6', forbidden6, EACCES, { address: forbidden6, port: 7000 }],
  ['tcp6', `::ffff:${forbidden}`, EACCES, { address: forbidden }],
  ['tcp', metadata, EACCES, { address: metadata, reason: expect.stringContaining('metadata') }],
  ['tcp6', `::ffff:${metadata}`, EACCES, { address: metadata, reason: expect.stringContaining('metadata') }],
  ['udp-connect', forbidden, EACCES, { protocol: 'udp', call: 'connect' }],
  ['udp-sendto', forbidden, EACCES, { protocol: 'udp', call: 'sendto' }],
  ['udp-without-family', forbidden, EACCES, { address: forbidden, call: 'sendto' }],
  ['udp6-to-ipv4', forbidden, EACCES, { address: forbidden, call: 'sendto' }],
  ['udp-sendmsg', forbidden, EACCES, { call: 'sendmsg' }],
  ['udp-sendmmsg', forbidden, EACCES, { call: 'sendmmsg' }],
  ['reconnect-udp', forbidden, EACCES, { call: 'connect' }],
  ...(isX86
    ? ([
        ['int80-connect', forbidden, EACCES, { abi: 'i386', call: 'connect' }],
        ['int80-sendmsg', forbidden, EACCES, { abi: 'i386', call: 'sendmsg' }],
      ] as Attempt[])
    : []),
];

describe('prevent', () => {
  it.each(outboundAttempts)('stops %s to %s', async (way, target, errno, detail) => {
    const finished = await prevent([attack, way, target, allowed]);
    expect(resultOf(finished)).toBe(errno);
    expect(leaked()).toEqual([]);
    expect(audits(finished)).toMatchObject([
      { effect: 'prevent', action: 'blocked', detail: { direction: 'outbound', caller: attack, ...detail } },
    ]);
  });

  it.each([
    ['tcp', allowed],
    ['tcp-nonblocking', allowed],
    ['tcp6', allowed6],
    ['tcp6', `::ffff:${allowed}`],
    ['tcp', '127.0.0.1'],
    ['tcp', '0.0.0.0'],
    ['tcp6', '::ffff:127.0.0.1'],
    ['udp-connect', allowed],
    ['udp-sendto', allowed],
    ['udp6-to-ipv4', allowed],
    ['udp-sendmsg', allowed],
    ['udp-sendmmsg', allowed],
    ['reconnect-udp', allowed],
  ])('lets %s to %s through', async (way, target) => {
    const finished = await prevent([attack, way, target, allowed]);
    expect(resultOf(finished)).toBe(0);
    expect(audits(finished)).toEqual([]);
    if (way !== 'reconnect-udp') await expect.poll(() => heard.length).toBeGreaterThan(0);
  });

  it('holds a destination to its ports', async () => {
    const finished = await prevent([attack, 'tcp', allowed, allowed, '7001']);
    expect(resultOf(finished)).toBe(EACCES);
    expect(audits(finished)).toMatchObject([
      {
        message: `network-attack tried to reach ${allowed} port 7001, which the policy does not allow`,
        detail: { port: 7001, reason: 'the policy allows other ports of it only' },
      },
    ]);
  });

  it.each([0, 9, 65535])(
    'lets resolvers order an allowed address by connecting UDP to port %i',
    async (port) => {
      const finished = await prevent([attack, 'udp-connect', allowed, allowed, String(port)]);
      expect([0, 22]).toContain(resultOf(finished)); // nothing can be sent to port 0
      expect(audits(finished)).toEqual([]);
      expect(resultOf(await prevent([attack, 'udp-connect', forbidden, allowed, String(port)]))).toBe(EACCES);
    },
  );

  it('gives the kernel’s error where nobody listens, without an audit', async () => {
    const finished = await prevent([attack, 'tcp', '127.0.0.1', '', '7999']);
    expect(resultOf(finished)).toBe(ECONNREFUSED);
    expect(audits(finished)).toEqual([]);
  });

  it('lets nothing fast-open a connection, as where the system does not', async () => {
    expect(resultOf(await prevent([attack, 'fast-open', forbidden]))).toBe(EOPNOTSUPP);
    await sleep(50);
    expect(leaked()).toEqual([]);
  });

  it.each(divertedPackets)('refuses %s, by which packets would go elsewhere', async (way, target, errno) => {
    expect(resultOf(await prevent([attack, way, target, allowed]))).toBe(errno);
    expect(leaked()).toEqual([]);
  });

  it.each([
    ...forbiddenSockets,
    ['old-packet', EPROTONOSUPPORT, 'packet'],
    ['sctp', EPROTONOSUPPORT, 'protocol 132'],
    ['pair-of-tipc', EAFNOSUPPORT, 'family 30'],
    ...(isX86 ? ([['int80-socketcall', ENOSYS, 'socketcall']] as [string, number, string][]) : []),
  ])('opens no socket for %s', async (way, errno, protocol) => {
    const finished = await prevent([attack, way]);
    expect(resultOf(finished)).toBe(errno);
    expect(audits(finished)).toMatchObject([
      { action: 'blocked', detail: { direction: 'socket', protocol } },
    ]);
  });

  it('has no MPTCP, as a kernel without it, and nothing to tell of who asks', async () => {
    const finished = await prevent([attack, 'mptcp']);
    expect(resultOf(finished)).toBe(EPROTONOSUPPORT);
    expect(audits(finished)).toEqual([]);
  });

  it('lets everybody reach the services of the platform, as their variables name them', async () => {
    const signed = { effect: 'prevent' as const, outbound: [] };
    for (const name of ['AWS_LAMBDA_RUNTIME_API', 'AWS_XRAY_DAEMON_ADDRESS'])
      for (const way of ['tcp', 'udp-sendto'])
        expect(
          resultOf(await run(signed, [attack, way, allowed], { env: { [name]: `${allowed}:7000` } })),
        ).toBe(0);
  });

  it.each(['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'IDENTITY_ENDPOINT'])(
    'keeps everybody from the endpoint for credentials that %s names',
    async (name) => {
      const env = { [name]: 'http://127.0.0.1:7000/credentials' };
      const finished = await run({ effect: 'prevent', outbound }, [attack, 'tcp', '127.0.0.1'], { env });
      expect(resultOf(finished)).toBe(EACCES);
      expect(
        resultOf(await run({ effect: 'prevent', metadata: 'allow' }, [attack, 'tcp', '127.0.0.1'], { env })),
      ).toBe(0);
    },
  );

  it('lets everybody ask for interfaces and routes', async () => {
    expect(resultOf(await prevent([attack, 'routes']))).toBe(0);
    const finished = await prevent([process.execPath, '-p', 'require("os").networkInterfaces().lo.length']);
    expect(Number(finished.stdout)).toBeGreaterThan(4);
  });
});

describe('sockets of AF_UNIX', () => {
  it.each([
    ['unix-stream', sockets.forbidden],
    ['unix-relative', sockets.forbidden],
    ['unix-by-link', sockets.forbidden],
    ['unix-stream', '@forbidden'],
  ])('%s reaches none that is not named', async (way, target) => {
    const finished = await prevent([attack, way, target, join(tools, 'link.sock')]);
    expect(resultOf(finished)).toBe(EACCES);
    expect(leaked()).toEqual([]);
    expect(audits(finished)).toMatchObject([{ detail: { protocol: 'unix', address: target } }]);
  });

  it.each([
    ['unix-stream', sockets.allowed],
    ['unix-relative', sockets.allowed],
    ['unix-stream', '@allowed-one'],
  ])('%s reaches one that is named', async (way, target) => {
    expect(resultOf(await prevent([attack, way, target]))).toBe(0);
    await expect.poll(() => heard).toContain(`${target} stream`);
  });

  it('a literal also leads through a symlink, if nobody but root can change it', async () => {
    const folder = mkdtempSync('/run/ringfence-');
    const link = join(folder, 'link');
    symlinkSync(sockets.forbidden, link);
    const reach = () => prevent([attack, 'unix-stream', sockets.forbidden], { unix: [link] });
    try {
      chmodSync(folder, 0o755);
      expect(resultOf(await reach())).toBe(0);
      chmodSync(folder, 0o777);
      expect(resultOf(await reach())).toBe(EACCES);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('one that does not exist gets the kernel’s error without an audit', async () => {
    const finished = await prevent([attack, 'unix-stream', '/tmp/no-such.sock']);
    expect(resultOf(finished)).toBe(ENOENT);
    expect(audits(finished)).toEqual([]);
  });

  it('a pair passes descriptors and more than fits at once', async () => {
    expect(resultOf(await prevent([attack, 'unix-pair']))).toBe(0);
  });

  it('a reader that is gone ends the writer by SIGPIPE', async () => {
    expect(resultOf(await prevent([attack, 'broken-pipe']))).toBe(300 + 13);
  });
});

describe('listening', () => {
  const listen = ['8080', '3000-3010'];

  it.each([
    ['listen', '8080', 0],
    ['listen', '3005', 0],
    ['udp-bind', '3000', 0],
    ['udp-bind', '0', 0],
    ['udp-bind', '40000', 0], // the kernel could have given it to whoever sends
    ['listen', '8081', EACCES],
    ['listen', '0', EACCES],
    ['udp-bind', '8081', EACCES],
  ])('%s on port %s', async (way, port, errno) => {
    const finished = await prevent([attack, way, '', '', port], { listen });
    expect(resultOf(finished)).toBe(errno);
    expect(audits(finished)).toHaveLength(errno ? 1 : 0);
    if (errno) expect(audits(finished)).toMatchObject([{ detail: { direction: 'listen' } }]);
  });

  it('on a port that the kernel chooses needs port 0 in the policy', async () => {
    expect(resultOf(await prevent([attack, 'listen-unbound'], { listen }))).toBe(EACCES);
    for (const way of ['listen-unbound', 'listen'])
      expect(resultOf(await prevent([attack, way, '', '', '0'], { listen: [0] }))).toBe(0);
    const random = await prevent([attack, 'udp-bind', '', '', '8081'], { listen: [0] });
    expect([resultOf(random), audits(random)]).toEqual([0, []]);
  });
});

describe('races', () => {
  it.each(['race-connect', 'race-sendto', 'race-sendmsg'])(
    '%s never reaches the forbidden address, in 10,000 tries',
    { timeout: 60_000 },
    async (way) => {
      const finished = await prevent([attack, way, forbidden, allowed, '7000', '10000']);
      expect(finished.stdout).toContain('RESULT 0');
      await sleep(100);
      expect(leaked()).toEqual([]);
      expect(heard.length).toBeGreaterThan(100);
      expect(audits(finished).length).toBeGreaterThan(0);
    },
  );

  it('outlives callers that are killed at any point of a call, 3,000 times', {
    timeout: 60_000,
  }, async () => {
    expect(resultOf(await prevent([attack, 'killed', allowed, '', '7000', '3000']))).toBe(0);
  });

  it('race-listen never listens on the forbidden port, in 10,000 tries', { timeout: 60_000 }, async () => {
    const finished = await prevent([attack, 'race-listen', '', '', '8080', '10000'], { listen: [8080] });
    expect(resultOf(finished)).toBe(0);
    expect(audits(finished).length).toBeGreaterThan(0);
  });
});

describe('waiting', () => {
  it('ends for a signal', async () => {
    expect(resultOf(await prevent([attack, 'interrupted', silent]))).toBe(EINTR);
  });

  it('ends with the socket’s own limit', async () => {
    expect(resultOf(await prevent([attack, 'timed-out', silent]))).toBe(EINPROGRESS);
  });

  it('of one does not keep the others waiting', async () => {
    const script = `
      import socket, subprocess, threading
      def wait():
          s = socket.socket(); s.settimeout(None)
          try: s.connect(("${silent}", 7000))
          except OSError: pass
      for _ in range(20): threading.Thread(target=wait, daemon=True).start()
      for _ in range(50): socket.create_connection(("${allowed}", 7000)).close()
      print("DONE", flush=True)
      import os; os._exit(0)`.replaceAll('\n      ', '\n');
    const finished = await prevent(['/usr/bin/python3', '-c', script]);
    expect(finished.stdout).toBe('DONE\n');
  });
});

describe('other effects', () => {
  it.each(['tcp', 'udp-sendto', 'udp-sendmsg'])('alert lets %s happen and tells', async (way) => {
    const finished = await run({ effect: 'alert', outbound: [] }, [attack, way, forbidden]);
    expect(resultOf(finished)).toBe(0);
    await expect.poll(leaked).toHaveLength(1);
    expect(audits(finished)).toMatchObject([{ effect: 'alert', action: 'allowed' }]);
  });

  it('alert lets another family be used and tells', async () => {
    const finished = await run({ effect: 'alert' }, [attack, 'netlink']);
    expect(resultOf(finished)).toBe(0);
    expect(audits(finished)).toMatchObject([{ effect: 'alert', detail: { protocol: 'netlink' } }]);
  });

  it('learn lets everything happen and tells nothing', async () => {
    const finished = await run({ effect: 'learn' }, [attack, 'tcp', forbidden]);
    expect(resultOf(finished)).toBe(0);
    expect(audits(finished)).toEqual([]);
  });

  it('metadata: allow opens the endpoints', async () => {
    expect(resultOf(await prevent([attack, 'tcp', metadata], { metadata: 'allow' }))).toBe(0);
  });
});
