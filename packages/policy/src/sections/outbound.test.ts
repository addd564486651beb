import { BlockList, isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsNetwork, parseIpNetwork } from './ip-network.ts';
import { parseOutbound } from './outbound.ts';

const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());

test('what is an address is what Node says', () => {
  const almost = fc.string({ unit: fc.constantFrom('0', '1', '25', 'f', '.', ':', '::'), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(anyAddress, almost), (text) => {
      expect(typeof parseIpNetwork(text) === 'object').toBe(isIPv4(text) || isIPv6(text));
    }),
    { numRuns: 5000 },
  );
});

test('which addresses a network holds is what Node says', () => {
  let held = 0;
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV6(), fc.ipV6(), fc.nat(128), (v4, v6, other, prefix) => {
      for (const [base, address, bits] of [
        [v4, v4.replace(/\d+$/, '9'), prefix % 33],
        [v6, prefix < 64 ? other : v6, prefix],
      ] as const) {
        const family = isIPv4(base) ? 'ipv4' : 'ipv6';
        const list = new BlockList();
        list.addSubnet(base, bits, family);
        const [network, single] = [parseIpNetwork(base), parseIpNetwork(address)];
        if (typeof network !== 'object' || typeof single !== 'object') throw new Error('no address');
        // An IPv4-mapped address is read as IPv4, and its prefix is another one then.
        if (
          network.address.length !== single.address.length ||
          (family === 'ipv6' && network.address.length === 4)
        )
          continue;
        const answer = holdsNetwork({ address: network.address, prefix: bits }, single);
        expect(answer).toBe(list.check(address, family));
        if (answer) held++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(held).toBeGreaterThan(200);
});

const v4 = (text: string, prefix = 32) => ({
  kind: 'network',
  network: { address: Uint8Array.from(text.split('.'), Number), prefix },
});
const all = { from: 0, to: 65_535 };

describe('an entry', () => {
  test.each([
    ['*', { destination: { kind: 'any' }, ports: all }],
    ['*:443', { destination: { kind: 'any' }, ports: { from: 443, to: 443 } }],
    [
      'DB.Internal:5432',
      { destination: { kind: 'domain', glob: 'db.internal' }, ports: { from: 5432, to: 5432 } },
    ],
    ['*.s3.*.amazonaws.com', { destination: { kind: 'domain', glob: '*.s3.*.amazonaws.com' }, ports: all }],
    ['_ldap._tcp.corp', { destination: { kind: 'domain', glob: '_ldap._tcp.corp' }, ports: all }],
    ['192.0.2.7', { destination: v4('192.0.2.7'), ports: all }],
    ['10.0.0.0/8:5432-5440', { destination: v4('10.0.0.0', 8), ports: { from: 5432, to: 5440 } }],
    ['[::ffff:192.0.2.0/120]:80', { destination: v4('192.0.2.0', 24), ports: { from: 80, to: 80 } }],
  ])('%s', (text, outbound) => {
    expect(parseOutbound(text)).toEqual(outbound);
  });

  test.each(['2001:db8::1', '[2001:db8::1]', '[2001:0DB8::0:1]:443', '2001:db8::/32'])(
    '%s is IPv6',
    (text) => {
      const outbound = parseOutbound(text);
      if (typeof outbound === 'string' || outbound.destination.kind !== 'network') throw new Error(text);
      expect([...outbound.destination.network.address.subarray(0, 4)]).toEqual([0x20, 0x01, 0x0d, 0xb8]);
    },
  );

  test.each([
    ['', 'must be a domain'],
    ['a b', 'must be a domain'],
    ['-a.b', 'must be a domain'],
    ['a..b', 'must be a domain'],
    ['http://a.b', 'must be a port'],
    ['a.b/c', 'must be a domain'],
    ['a.b.', 'end with a dot'],
    [`${'a.'.repeat(127)}b`, '253 characters'],
    [`${'a'.repeat(64)}.b`, 'must be a domain'],
    ['bücher.example', 'xn--'],
    ['**.a.b', 'must not contain **'],
    ['a?.b', 'only * is a wildcard'],
    ['a.b:', 'must be a port'],
    ['a.b:http', 'must be a port'],
    ['a.b:0', 'from 1 to 65535'],
    ['a.b:65536', 'from 1 to 65535'],
    ['a.b:9-8', 'from the lower to the higher'],
    ['a.b:*', 'must be a port'],
    ['10.*', 'whole address or network'],
    ['10.0.0', 'whole address or network'],
    ['010.0.0.1', 'whole address or network'],
    ['1.2.3.256', 'whole address or network'],
    ['10.0.0.1/8', 'bits behind the first 8'],
    ['10.0.0.0/33', 'from 0 to 32'],
    ['10.0.0.0/08', 'from 0 to 32'],
    ['10.0.0.0/8/8', 'from 0 to 32'],
    ['[2001:db8::1/32]', 'bits behind the first 32'],
    ['2001:db8::1/129', 'from 0 to 128'],
    ['[2001:db8::]/32:443', 'IPv6'],
    ['fe80::1%eth0', 'IPv6'],
    ['1::2::3', 'IPv6'],
  ])('%j is refused', (text, words) => {
    expect(parseOutbound(text)).toContain(words);
  });
});
