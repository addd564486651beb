import { coversGlob } from '../compare-globs.ts';
import { holdsNetwork, type IpNetwork } from '../sections/ip-network.ts';
import { type Destination, type Outbound, toOutbound } from '../sections/outbound.ts';
import { HIGHEST_PORT, holdsPorts } from '../sections/port-range.ts';
import { LOOPBACK, METADATA, METADATA_NAME, PRIVATE_DOMAINS, SHARED_DOMAINS } from './known-hosts.ts';
import { lintEntries } from './lint-entries.ts';
import type { RuleWarning } from './lint-warning.ts';

/** What a warning says of an entry, which stands before the message. */
type Finding = Pick<RuleWarning, 'code' | 'message' | 'advice'>;

/** A network with a shorter prefix is as good as any address. */
const WIDE_PREFIX: Record<number, number> = { 4: 8, 16: 16 };

const NEEDLESS: Finding = {
  code: 'outbound-needless',
  message: 'is this machine, which may always be reached.',
  advice: 'Remove it.',
};
const SHUT: Finding = {
  code: 'metadata-denied',
  message: 'leads to an endpoint of metadata or credentials, but metadata: deny beats it.',
  advice: 'Remove it, or set metadata to allow when the function must reach it.',
};
const ANYWHERE: Finding = {
  code: 'outbound-anywhere',
  message:
    'stands for every host, and lets every name be looked up: data can leave to anywhere, by a lookup too.',
  advice: 'Name the domains, addresses and networks that the function needs.',
};

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

function judgeDomain(glob: string, metadataDenied: boolean): Finding | undefined {
  if (metadataDenied && glob === METADATA_NAME) return SHUT;
  if (glob === 'localhost') return NEEDLESS;
  if (isWideDomain(glob)) return { ...ANYWHERE, message: 'stands for nearly every host there is.' };
  if (!SHARED_DOMAINS.some((domain) => glob === `*.${domain}` || glob === `*${domain}`)) return undefined;
  return {
    code: 'outbound-shared-domain',
    message: 'holds hosts of everybody: whoever has an account there can receive what the function sends.',
    advice: 'Name the hosts of your own, such as my-bucket.s3.eu-west-1.amazonaws.com.',
  };
}

function judgeNetwork(held: IpNetwork, metadataDenied: boolean): Finding | undefined {
  if (held.prefix < (WIDE_PREFIX[held.address.length] ?? 0))
    return { ...ANYWHERE, message: 'holds a large part of all addresses.' };
  if (LOOPBACK.some((loopback) => holdsNetwork(loopback, held))) return NEEDLESS;
  return metadataDenied && METADATA.some((endpoint) => holdsNetwork(held, endpoint)) ? SHUT : undefined;
}

function judgeDestination(destination: Destination, metadataDenied: boolean): Finding | undefined {
  switch (destination.kind) {
    case 'any':
      return ANYWHERE;
    case 'domain':
      return judgeDomain(destination.glob, metadataDenied);
    case 'network':
      return judgeNetwork(destination.network, metadataDenied);
  }
}

function judge({ destination, ports }: Outbound, text: string, metadataDenied: boolean): Finding | undefined {
  const found = judgeDestination(destination, metadataDenied);
  if (found !== undefined || ports.to - ports.from < HIGHEST_PORT) return found;
  return {
    code: 'outbound-any-port',
    message: 'has no port, so every port may be reached.',
    advice: `Add one, as in ${text}:443.`,
  };
}

/** Warnings about where connections may go. */
export function lintOutbound(entries: string[], metadataDenied: boolean): RuleWarning[] {
  const parsed = entries.map((text) => ({ text, ...toOutbound(text) }));
  const found = parsed.flatMap(({ text, ...outbound }, index): RuleWarning[] => {
    const finding = judge(outbound, text, metadataDenied);
    if (finding === undefined) return [];
    const message = `${text} in network.outbound ${finding.message}`;
    return [{ ...finding, pattern: text, path: ['network', 'outbound', index], message }];
  });
  return [...lintEntries(parsed, ['network', 'outbound'], coversOutbound, ({ text }) => text), ...found];
}
