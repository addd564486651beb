import { z } from 'zod';
import { parseIpNetwork } from '../ip-network.ts';
import { checkedText } from '../text-problem.ts';

/** An IPv4 or IPv6 address or network. */
export const IpNetworkText = checkedText((text) => {
  const network = parseIpNetwork(text) ?? 'must be an IPv4 or IPv6 address, or a network such as 10.0.0.0/8';
  return typeof network === 'string' ? network : undefined;
});

const networks = (what: string) =>
  z.array(IpNetworkText).max(1000, 'must hold at most 1000 networks').default([]).describe(what);

export const Sources = z
  .strictObject({
    allow: networks('Addresses and networks whose events are not judged.'),
    deny: networks('Addresses and networks whose events are refused, whatever they hold. deny beats allow.'),
  })
  .describe('Who sent the event, by the address that the trigger tells.');
