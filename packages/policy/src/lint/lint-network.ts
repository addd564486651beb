import { coversGlob, coversPath, pathsOverlap } from '../compare-globs.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { holdsNetwork, type IpNetwork, parseIpNetwork } from '../sections/ip-network.ts';
import { toListenRange } from '../sections/network.ts';
import { type Destination, type Outbound, toOutbound } from '../sections/outbound.ts';
import { HIGHEST_PORT, type PortRange } from '../sections/port-range.ts';
import { lintEntries } from './lint-entries.ts';
import type { LintCode, RuleWarning } from './lint-warning.ts';

const network = (text: string): IpNetwork => {
  const parsed = parseIpNetwork(text);
  if (typeof parsed !== 'object') throw new TypeError(`${text} is no network`);
  return parsed;
};

const LOOPBACK = ['127.0.0.0/8', '::1'].map(network);
const METADATA = ['169.254.169.254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::254', 'fd00:ec2::23'].map(
  network,
);
const METADATA_NAME = 'metadata.google.internal';
/** A network of more addresses than this prefix leaves is as good as any address. */
const WIDE_PREFIX = { 4: 8, 16: 16 } as Record<number, number>;
const WIDE_PORTS = 1000;
/** Everybody can have a host under these names. */
const SHARED_DOMAINS = [
  'amazonaws.com',
  'cloudfront.net',
  'on.aws',
  'googleapis.com',
  'run.app',
  'web.app',
  'firebaseapp.com',
  'appspot.com',
  'windows.net',
  'azurewebsites.net',
  'azureedge.net',
  'github.io',
  'githubusercontent.com',
  'workers.dev',
  'pages.dev',
  'r2.dev',
  'herokuapp.com',
  'vercel.app',
  'netlify.app',
  'ngrok.io',
  'ngrok-free.app',
  'trycloudflare.com',
];
/** Names that no registry gives out. */
const PRIVATE_DOMAINS = [
  'internal',
  'local',
  'localdomain',
  'lan',
  'intranet',
  'private',
  'corp',
  'home',
  'test',
];
/** Who speaks to these commands the machine. */
const CONTROL_SOCKETS = [
  '/run/docker.sock',
  '/var/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/podman/podman.sock',
  '/run/systemd/private',
  '/run/dbus/system_bus_socket',
];

const holdsPorts = (wide: PortRange, narrow: PortRange) => wide.from <= narrow.from && wide.to >= narrow.to;

function coversDestination(wide: Destination, narrow: Destination): boolean {
  if (wide.kind === 'any') return true;
  if (wide.kind === 'network') return narrow.kind === 'network' && holdsNetwork(wide.network, narrow.network);
  return narrow.kind === 'domain' && coversGlob(wide.glob, narrow.glob);
}

const coversOutbound = (wide: Outbound, narrow: Outbound) =>
  holdsPorts(wide.ports, narrow.ports) && coversDestination(wide.destination, narrow.destination);

/** Is no label written out but the last, and is that one not for private use? */
function isWideDomain(glob: string): boolean {
  const labels = glob.split('.');
  const last = labels.pop()?.replaceAll('*', '') ?? '';
  return glob.includes('*') && !/[^.*]/.test(labels.join('.')) && !PRIVATE_DOMAINS.includes(last);
}

function lintDestination(destination: Destination, metadataDenied: boolean): [LintCode, string, string][] {
  const shut: [LintCode, string, string] = [
    'metadata-denied',
    'leads to an endpoint of metadata or credentials, but metadata: deny beats it.',
    'Remove it, or set metadata to allow when the function must reach it.',
  ];
  const needless: [LintCode, string, string] = [
    'outbound-needless',
    'is this machine, which may always be reached.',
    'Remove it.',
  ];
  if (destination.kind === 'domain') {
    const { glob } = destination;
    if (metadataDenied && glob === METADATA_NAME) return [shut];
    if (glob === 'localhost') return [needless];
    if (isWideDomain(glob))
      return [['outbound-anywhere', 'stands for nearly every host there is.', 'Name the hosts.']];
    const shared = SHARED_DOMAINS.find((domain) => glob === `*.${domain}` || glob === `*${domain}`);
    return shared === undefined
      ? []
      : [
          [
            'outbound-shared-domain',
            `holds hosts of everybody: whoever has an account there can receive what the function sends.`,
            `Name the hosts of your own, such as my-bucket.s3.eu-west-1.amazonaws.com.`,
          ],
        ];
  }
  if (destination.kind === 'any')
    return [
      [
        'outbound-anywhere',
        'stands for every host, and lets every name be looked up: data can leave to anywhere, by a lookup too.',
        'Name the domains, addresses and networks that the function needs.',
      ],
    ];
  const { network: held } = destination;
  if (held.prefix < (WIDE_PREFIX[held.address.length] ?? 0))
    return [
      [
        'outbound-anywhere',
        'holds a large part of all addresses.',
        'Name the networks that the function needs.',
      ],
    ];
  if (LOOPBACK.some((loopback) => holdsNetwork(loopback, held))) return [needless];
  return metadataDenied && METADATA.some((endpoint) => holdsNetwork(held, endpoint)) ? [shut] : [];
}

export function lintNetwork({ network: section }: RuntimeRule): RuleWarning[] {
  if (section === undefined) return [];
  const { effect, listen, outbound, unix, metadata } = section;
  if (effect === 'disable')
    return [
      {
        code: 'section-ignored',
        path: ['network', 'effect'],
        message: 'It has a network section, but its effect is disable, so the network is not watched.',
        advice: 'Set the effect to alert, prevent or learn, or remove the section.',
      },
    ];
  const parsed = outbound.map((text) => ({ text, ...toOutbound(text) }));
  const ranges = listen.map((entry) => ({ text: String(entry), ...toListenRange(entry) }));
  const warnings = [
    ...lintEntries(ranges, ['network', 'listen'], holdsPorts, ({ text }) => text),
    ...lintEntries(parsed, ['network', 'outbound'], coversOutbound, ({ text }) => text),
    ...lintEntries(unix, ['network', 'unix'], coversPath, (pattern) => pattern),
  ];
  const warn = (
    list: string,
    index: number,
    pattern: string,
    [code, message, advice]: [LintCode, string, string],
  ) =>
    warnings.push({
      code,
      pattern,
      path: ['network', list, index],
      message: `${pattern} in network.${list} ${message}`,
      advice,
    });
  for (const [index, { text, from, to }] of ranges.entries())
    if (to - from >= WIDE_PORTS)
      warn('listen', index, text, [
        'listen-wide',
        `lets the function offer a service on ${to - from + 1} ports.`,
        'Name the ports; for a port that the kernel chooses, 0.',
      ]);
  for (const [index, { text, destination, ports }] of parsed.entries()) {
    const found = lintDestination(destination, metadata === 'deny');
    if (found.length === 0 && ports.to - ports.from === HIGHEST_PORT)
      found.push([
        'outbound-any-port',
        'has no port, so every port may be reached.',
        `Add one, as in ${text}:443.`,
      ]);
    for (const finding of found) warn('outbound', index, text, finding);
  }
  for (const [index, pattern] of unix.entries()) {
    const control = CONTROL_SOCKETS.find((socket) => pathsOverlap(pattern, socket));
    if (control !== undefined)
      warn('unix', index, pattern, [
        'unix-control',
        `reaches ${control}: whoever speaks to it commands the machine.`,
        'Remove it.',
      ]);
  }
  if (metadata === 'allow')
    warnings.push({
      code: 'metadata-allowed',
      path: ['network', 'metadata'],
      message:
        'The endpoints of instance metadata and credentials may be reached, so a request that an attacker makes the function send can bring them the credentials of its role.',
      advice: 'Set metadata to deny, unless the function gets its credentials there.',
    });
  return warnings;
}
