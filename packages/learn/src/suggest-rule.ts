import type { ModelEntry } from '@ringfence/audit';
import {
  FilesSettings,
  matchPath,
  type NetworkSettings,
  type ProcessSettings,
} from '@ringfence/policy/schema';
import type { z } from 'zod';
import type { Model } from './model.ts';
import { generaliseReading, generaliseWriting, withoutCovered } from './suggest-files.ts';
import { findWildcardDomain, suggestListen, suggestOutbound } from './suggest-network.ts';

/** How often and when what an entry of the rule stands for was seen. */
export type Sightings = { count: number; first: number; last: number };

export type SuggestedRule = {
  name: string;
  process: z.input<typeof ProcessSettings>;
  network: z.input<typeof NetworkSettings>;
  files: z.input<typeof FilesSettings>;
};

export type Suggestion = {
  rule: SuggestedRule;
  /** By `section.list` and the entry as text. */
  sightings: Map<string, Map<string, Sightings>>;
};

const { denyExecute: DENY_EXECUTE } = FilesSettings.parse({});

/** Collects entries of the lists of a rule, and what each was seen as. */
class Lists {
  readonly sightings: Suggestion['sightings'] = new Map();

  add(list: string, entry: string | number, { count, first, last }: Sightings): void {
    const entries = this.sightings.get(list) ?? new Map<string, Sightings>();
    const known = entries.get(String(entry)) ?? { count: 0, first, last };
    entries.set(String(entry), {
      count: known.count + count,
      first: Math.min(known.first, first),
      last: Math.max(known.last, last),
    });
    this.sightings.set(list, entries);
  }

  get(list: string): string[] {
    return [...(this.sightings.get(list)?.keys() ?? [])].sort();
  }
}

/** The list of the rule that needs an entry for what was used, and that entry. */
function placeEntry(
  entry: ModelEntry,
  model: Model,
  domains: string[],
): [list: string, entry: string | number | undefined] {
  const { kind, value, port } = entry;
  switch (kind) {
    case 'process':
      return ['process.allow', value];
    case 'domain':
      return ['network.outbound', suggestOutbound(findWildcardDomain(value, domains), port)];
    case 'lookup':
      // A name that was only looked up needs an entry, too; which port it was for nobody saw.
      return ['network.outbound', domains.includes(value) ? undefined : suggestOutbound(value, 443)];
    case 'address':
      return ['network.outbound', suggestOutbound(value, port)];
    case 'listen':
      return ['network.listen', suggestListen(port ?? 0)];
    case 'unix':
      return ['network.unix', value];
    case 'read':
      return ['files.read', generaliseReading(value, model)];
    case 'execute':
      return ['files.execute', generaliseReading(value, model)];
    case 'write':
      return ['files.write', generaliseWriting(value, model)];
  }
}

/** The tightest rule that would have allowed all that the model holds. */
export function suggestRule(name: string, model: Model): Suggestion {
  const lists = new Lists();
  const domains = model.entries.filter(({ kind }) => kind === 'domain').map(({ value }) => value);
  for (const entry of model.entries) {
    const [list, text] = placeEntry(entry, model, domains);
    if (text !== undefined) lists.add(list, text, entry);
  }
  const executed = model.entries.filter(({ kind }) => kind === 'execute').map(({ value }) => value);
  const isUsed = (denied: string) =>
    executed.some((path) => matchPath(denied.replace('${tmp}', '/tmp'), path));
  const rule: SuggestedRule = {
    name,
    process: { effect: 'prevent', allow: lists.get('process.allow') },
    network: {
      effect: 'prevent',
      listen: lists
        .get('network.listen')
        .map(Number)
        .sort((a, b) => a - b),
      outbound: lists.get('network.outbound'),
      unix: lists.get('network.unix'),
    },
    files: {
      effect: 'prevent',
      read: withoutCovered(lists.get('files.read')),
      write: withoutCovered(lists.get('files.write')),
      execute: withoutCovered(lists.get('files.execute')),
      denyExecute: DENY_EXECUTE.filter((denied) => !isUsed(denied)),
    },
  };
  return { rule, sightings: lists.sightings };
}
