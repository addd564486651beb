import { coversGlob } from '../compare-globs.ts';
import { Glob } from '../glob.ts';
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

/** An entry as it is written and taken apart; `glob` where it is a domain. */
type Entry = Outbound & { text: string; glob: Glob | undefined };

function readEntry(text: string): Entry {
  const outbound = toOutbound(text);
  const { destination } = outbound;
  return { text, ...outbound, glob: destination.kind === 'domain' ? new Glob(destination.glob) : undefined };
}

function coversEntry(wide: Entry, narrow: Entry): boolean {
  if (!holdsPorts(wide.ports, narrow.ports)) return false;
  if (wide.glob !== undefined) return narrow.glob !== undefined && coversGlob(wide.glob, narrow.glob);
  const [outer, inner] = [wide.destination, narrow.destination];
  if (outer.kind !== 'network') return true;
  return inner.kind === 'network' && holdsNetwork(outer.network, inner.network);
}

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

function judge({ text, destination, ports }: Entry, metadataDenied: boolean): Finding | undefined {
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
  const parsed = entries.map(readEntry);
  const found = parsed.flatMap((entry, index): RuleWarning[] => {
    const finding = judge(entry, metadataDenied);
    if (finding === undefined) return [];
    const message = `${entry.text} in network.outbound ${finding.message}`;
    return [{ ...finding, pattern: entry.text, path: ['network', 'outbound', index], message }];
  });
  return [...lintEntries(parsed, ['network', 'outbound'], coversEntry), ...found];
}
