import { addresses } from './own-network.ts';

const { forbidden, forbidden6 } = addresses;
const EPERM = 1;
const EPROTONOSUPPORT = 93;
const EAFNOSUPPORT = 97;

/** Ways of the attack program by which packets would go elsewhere than their address says, and the error that each gets. */
export const divertedPackets: [way: string, target: string, errno: number][] = [
  ['source-route-option', forbidden, EPERM],
  ['source-route-message', forbidden, EPERM],
  ['routing-header', forbidden6, EPERM],
  ['flow-label', forbidden6, EPERM],
];

/** Sockets that nobody gets under any policy, the error, and what the audit calls them. */
export const forbiddenSockets: [way: string, errno: number, protocol: string][] = [
  ['raw', EPERM, 'raw'],
  ['ping', EPROTONOSUPPORT, 'protocol 1'],
  ['packet', EAFNOSUPPORT, 'packet'],
  ['vsock', EAFNOSUPPORT, 'vsock'],
  ['netlink', EPROTONOSUPPORT, 'netlink'],
  ['alg', EAFNOSUPPORT, 'alg'],
];
