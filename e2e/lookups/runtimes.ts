import { fileURLToPath } from 'node:url';
import { buildDotnet } from '../../examples/build-dotnet.mjs';
import { addresses } from '../lab/addresses.ts';
import { findDotnet } from '../workloads/programs.ts';

const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const { api, api6 } = addresses;
/** A name server that the lab has not got: whoever asks it gets answers all the same. */
export const absent = '203.0.113.53';
/** The page that the lab's server has. */
const page = 'GET /page on connection';
const dotnet = findDotnet();

/** A program that prints a line for each name that it is given, and what it prints for one that is known and one that is not. */
type LookUpProgram = {
  name: string;
  command: string[];
  found: string;
  refused: string;
  /** Ports that it must be allowed. */
  listen?: number[];
};

/** Each runtime's ways to look names up; without .NET where it is not installed. */
export const runtimes: LookUpProgram[] = [
  {
    name: 'Python, in threads',
    command: ['/usr/bin/python3', at('look-up.py')],
    found: `${api} ${api6} ${page}`,
    refused: 'EAI_NONAME ',
  },
  {
    name: 'Node: the C library, c-ares, c-ares at another server, fetch',
    command: [process.execPath, at('look-up.mjs'), absent],
    found: JSON.stringify([[api, api6].sort(), [api], [api6], [api], [page]]),
    refused: JSON.stringify(Array(5).fill('ENOTFOUND')),
  },
  {
    name: 'Java: InetAddress and JNDI at another server',
    command: ['/usr/bin/java', at('LookUp.java'), absent],
    found: `${api} 2001:db8:0:0:0:0:0:80 / ${api}`,
    refused: 'UnknownHostException / NameNotFoundException',
  },
  {
    name: 'Ruby: the C library and Resolv at another server',
    command: ['/usr/bin/ruby', at('look-up.rb'), absent],
    found: `${api} ${api6} / ${api}`,
    refused: 'SocketError / ResolvError',
    listen: [0], // its own resolver takes ports at random
  },
];

if (dotnet) {
  buildDotnet(at('.'), 'dotnet', 'look-up');
  runtimes.push({
    name: '.NET, in threads',
    command: [dotnet, at('build/look-up/look-up.dll')],
    found: `${api} ${api6} ${page}`,
    refused: 'HostNotFound',
  });
}
