import type { ModelEntry } from '@ringfence/audit';
import type { FunctionIdentity, PathPart } from '@ringfence/policy/schema';
import { Collection, RuntimeRule } from '@ringfence/policy/schema';
import { type Evidence, evidenceOf, type Groups } from './group.ts';
import { isFileEntry } from './model.ts';
import { suggestFiles } from './suggest-files.ts';
import { suggestNetwork } from './suggest-network.ts';
import { suggestProcesses } from './suggest-process.ts';

/** What an entry of the rule was learned from; `path` leads to it from the rule. */
export type EntryEvidence = Evidence & { path: PathPart[] };

/** A rule for one function, the collection that it is for, and why each of its entries is there. */
export type Suggestion = { collection: Collection; rule: RuntimeRule; evidence: EntryEvidence[] };

const NETWORK_KINDS = ['domain', 'address', 'lookup', 'listen', 'unix'];

/** The learned lists of a section as what stands in it, and what each entry comes from. */
function explainLists(
  section: string,
  lists: Record<string, Groups>,
  settings: Record<string, unknown>,
): EntryEvidence[] {
  return Object.entries(lists).flatMap(([list, groups]) =>
    [...groups].map(([pattern, uses]) => ({
      path: [section, list, (settings[list] as (string | number)[]).map(String).indexOf(pattern)],
      ...evidenceOf(uses),
    })),
  );
}

const byNumber = (one: string, other: string) => Number.parseInt(one, 10) - Number.parseInt(other, 10);
const toPort = (port: string) => (port.includes('-') ? port : Number(port));

function learnProcess(entries: ModelEntry[], limit: number, miners: RuntimeRule['process']['miners']) {
  const processes = suggestProcesses(entries, limit).sort((a, b) =>
    JSON.stringify(a.entry) < JSON.stringify(b.entry) ? -1 : 1,
  );
  const evidence = processes.map(({ uses }, index) => ({
    path: ['process', 'allow', index],
    ...evidenceOf(uses),
  }));
  const allow = processes.map(({ entry }) => (entry.arguments === undefined ? entry.path : entry));
  return { settings: { effect: 'prevent' as const, allow, miners }, evidence };
}

function learnNetwork(entries: ModelEntry[], limit: number) {
  const { metadata, ...lists } = suggestNetwork(entries, limit);
  const settings = {
    effect: 'prevent' as const,
    listen: [...lists.listen.keys()].sort(byNumber).map(toPort),
    outbound: [...lists.outbound.keys()].sort(),
    unix: [...lists.unix.keys()].sort(),
    metadata,
  };
  return { settings, evidence: explainLists('network', lists, settings) };
}

function learnFiles(entries: ModelEntry[], limit: number, base: RuntimeRule['files']) {
  const { settings, learned } = suggestFiles(entries, limit, base);
  return { settings, evidence: explainLists('files', learned, settings) };
}

const fit = (name: string) => [...name].slice(0, 110).join('').trim();

/** The collection that holds this function alone. */
function collectionOf({ name, region, account }: FunctionIdentity): Collection {
  // The same function in another account or region is another one.
  return Collection.parse({
    name: fit(`${name} in ${region}`),
    functions: [name],
    regions: [region],
    accounts: [account],
  });
}

const belongsTo = (kinds: readonly string[]) => (entry: ModelEntry) => kinds.includes(entry.kind);

function suggestSections(entries: ModelEntry[], base: RuntimeRule | undefined, limit: number) {
  const processes = entries.filter(belongsTo(['process']));
  const connections = entries.filter(belongsTo(NETWORK_KINDS));
  const files = entries.filter(isFileEntry);
  const isLearned = (effect: string | undefined, uses: ModelEntry[]) => effect === 'learn' || uses.length > 0;
  const { process, network, files: fileSettings } = base ?? {};
  return {
    ...((process === undefined || isLearned(process.effect, processes)) && {
      process: learnProcess(processes, limit, process?.miners ?? 'prevent'),
    }),
    ...(isLearned(network?.effect, connections) && { network: learnNetwork(connections, limit) }),
    ...(isLearned(fileSettings?.effect, files) && { files: learnFiles(files, limit, fileSettings) }),
  };
}

/** Entries in one list of the schema. */
const MOST_ENTRIES = 256;

/**
 * The tightest rule that would have allowed all that was used (docs/decisions/learned-rules.md).
 * @param base the rule that decides for the function so far: what it did not learn stays as it says
 */
export function suggestRule(
  entries: ModelEntry[],
  identity: FunctionIdentity,
  base?: RuntimeRule,
): Suggestion {
  const collection = collectionOf(identity);
  const { learn: _, ...kept } = base ?? {};
  for (let limit = MOST_ENTRIES; ; limit /= 2) {
    const sections = suggestSections(entries, base, limit);
    const result = RuntimeRule.safeParse({
      ...kept,
      name: fit(`${identity.name} in ${identity.region}: learned`),
      collections: [collection.name],
      ...Object.fromEntries(Object.entries(sections).map(([name, { settings }]) => [name, settings])),
    });
    const evidence = Object.values(sections).flatMap((section) => section.evidence);
    if (result.success) return { collection, rule: result.data, evidence };
    // It can only be too large for a Defender: fewer patterns, wider ones.
    if (limit === 1) throw result.error;
  }
}
