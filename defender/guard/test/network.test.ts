import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { divertedPackets, forbiddenSockets } from '../../init/test/network-attempts.ts';
import { addresses, type NetworkRule, openOwnNetwork, resultOf } from '../../init/test/own-network.ts';
import { auditsOf, compileProgram, type Finished } from '../../init/test/protect.ts';

const { allowed, allowed6, forbidden, forbidden6, metadata } = addresses;
const EACCES = 13;
const ENOENT = 2;

const { attack, close, heard, leaked, run, sockets, tools } = await openOwnNetwork(
  `ringfence-guard-${process.pid}`,
);
afterAll(close);
beforeEach(() => {
  heard.length = 0;
});

// Where no filter can be set, and where one stands in front of the library.
describe.each(['lambda', 'container'])('%s', (platform) => {
  /** Runs an attack with the library. */
  function attempt(settings: NetworkRule, ...command: string[]): Promise<Finished> {
    const outbound = [`${allowed}/32:7000`, '192.0.2.64/26', `[${allowed6}/128]:7000`];
    const rule = { outbound, unix: [`${tools}/*.sock`, '@allowed*'], ...settings };
    return run(rule, [attack, ...command], { platform: [compileProgram('restrict.c'), platform] });
  }

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
      const finished = await attempt({}, way, target, allowed);
      expect(resultOf(finished)).toBe(EACCES);
      expect(leaked()).toEqual([]);
      expect(auditsOf(finished, 'network')).toMatchObject([
        {
          effect: 'prevent',
          action: 'blocked',
          detail: { direction: 'outbound', caller: attack, ...detail },
        },
      ]);
    });

    it('of several messages at once sends those that are allowed', async () => {
      const finished = await attempt({}, 'udp-sendmmsg', forbidden, allowed);
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
      const finished = await attempt({}, way, target, allowed);
      expect(resultOf(finished)).toBe(0);
      expect(auditsOf(finished, 'network')).toEqual([]);
      await expect.poll(() => heard.length).toBeGreaterThan(0);
    });

    it.each(divertedPackets)(
      'refuses %s, by which packets would go elsewhere',
      async (way, target, errno) => {
        expect(resultOf(await attempt({}, way, target, allowed))).toBe(errno);
        expect(leaked()).toEqual([]);
      },
    );

    it.each(forbiddenSockets)('opens no socket for %s', async (way, errno, protocol) => {
      const finished = await attempt({}, way);
      expect(resultOf(finished)).toBe(errno);
      expect(auditsOf(finished, 'network')).toMatchObject([
        { action: 'blocked', detail: { direction: 'socket', protocol } },
      ]);
    });
  });

  describe('sockets of AF_UNIX', () => {
    it.each(['unix-stream', 'unix-relative', 'unix-by-link'])(
      '%s reaches none that is not named',
      async (way) => {
        const finished = await attempt({}, way, sockets.forbidden, join(tools, 'link.sock'));
        expect(resultOf(finished)).toBe(EACCES);
        expect(leaked()).toEqual([]);
        expect(auditsOf(finished, 'network')[0]).toMatchObject({
          detail: { protocol: 'unix', address: sockets.forbidden },
        });
      },
    );

    it('reaches one that is named, and gets the kernel’s error for one that is not there', async () => {
      expect(resultOf(await attempt({}, 'unix-stream', sockets.allowed))).toBe(0);
      const finished = await attempt({}, 'unix-stream', join(tools, 'none.sock'));
      expect(resultOf(finished)).toBe(ENOENT);
      expect(auditsOf(finished, 'network')).toEqual([]);
    });
  });

  it.each([
    ['listen', 8080, 0],
    ['listen', 8081, EACCES],
    ['udp-bind', 8081, EACCES],
    ['udp-bind', 0, 0],
  ])('%s on port %i', async (way, port, errno) => {
    const finished = await attempt({ listen: [8080] }, way, '0.0.0.0', '', String(port));
    expect(resultOf(finished)).toBe(errno);
  });

  it.each(['race-connect', 'race-sendto', 'race-sendmsg'])(
    '%s never reaches the forbidden address',
    async (way) => {
      await attempt({}, way, forbidden, allowed, '7000', '2000');
      expect(leaked()).toEqual([]);
    },
    60_000,
  );

  it('alert lets it happen and tells; learn tells nothing', async () => {
    const alert = await attempt({ effect: 'alert' }, 'tcp', forbidden, allowed);
    expect(resultOf(alert)).toBe(0);
    expect(auditsOf(alert, 'network')).toMatchObject([{ effect: 'alert', action: 'allowed' }]);
    const learn = await attempt({ effect: 'learn' }, 'tcp', forbidden, allowed);
    expect(resultOf(learn)).toBe(0);
    expect(auditsOf(learn, 'network')).toEqual([]);
  });
});
