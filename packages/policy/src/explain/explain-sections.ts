import type { RuntimeRule } from '../policy-schema.ts';
import type { Effect } from '../sections/effect.ts';
import { toLearnLimits } from '../sections/learn.ts';
import { ANY_FURTHER, type ProcessEntry, toProcessEntry } from '../sections/process.ts';

/** What a rule says about one thing, in words. */
export type SectionExplanation = {
  section: 'process' | 'network' | 'files' | 'secrets' | 'learn';
  /** Of a section that has one; a section that is left out is not watched. */
  effect: Effect | null;
  words: string;
};

/** What becomes of that which is not allowed. */
const OTHERWISE: Record<Effect, string> = {
  disable: 'is not watched',
  alert: 'happens, and is told',
  prevent: 'is stopped, and is told',
  learn: 'happens, and is recorded in the model',
};

const list = (entries: readonly (string | number)[]) => entries.join(', ');

const listed = (what: string, entries: readonly (string | number)[]) =>
  entries.length === 0 ? [] : [`${what} ${list(entries)}`];

function describeEntry({ path, arguments: patterns, parents }: ProcessEntry): string {
  const given = patterns?.filter((pattern) => pattern !== ANY_FURTHER) ?? [];
  const words = [path];
  if (patterns?.length === 0) words.push('without arguments');
  else if (patterns !== undefined)
    words.push(
      `with ${[
        ...given.map((pattern) => JSON.stringify(pattern)),
        ...(given.length < patterns.length ? ['any further arguments'] : []),
      ].join(' ')}`,
    );
  if (parents !== undefined) words.push(`when ${parents.join(' or ')} starts it`);
  return words.join(' ');
}

function explainProcess({ process: { effect, allow, miners } }: RuntimeRule): SectionExplanation {
  if (effect === 'disable') return { section: 'process', effect, words: 'Processes are not watched.' };
  const allowed = ['The main process', ...allow.map((entry) => describeEntry(toProcessEntry(entry)))];
  const who = allow.length === 0 ? 'Only the main process' : list(allowed);
  const miner = miners === 'disable' ? '' : ` What looks like a crypto-miner ${OTHERWISE[miners]}.`;
  return {
    section: 'process',
    effect,
    words: `${who} may run; anything else ${OTHERWISE[effect]}.${miner}`,
  };
}

function explainNetwork({ network }: RuntimeRule): SectionExplanation {
  if (network === undefined || network.effect === 'disable')
    return { section: 'network', effect: network?.effect ?? null, words: 'The network is not watched.' };
  const { effect, outbound, listen, unix, metadata } = network;
  const may = [
    ...listed('connect to', outbound),
    ...listed('listen on port', listen),
    ...listed('use the socket', unix),
    ...(metadata === 'allow' ? ['reach the endpoints of metadata and credentials'] : []),
  ];
  const what = may.length === 0 ? 'No connection is allowed but to this machine' : `It may ${may.join('; ')}`;
  return { section: 'network', effect, words: `${what}; anything else ${OTHERWISE[effect]}.` };
}

function explainFiles({ files }: RuntimeRule): SectionExplanation {
  if (files === undefined || files.effect === 'disable')
    return { section: 'files', effect: files?.effect ?? null, words: 'Files are not watched.' };
  const describe = (verb: string, allowed: string[], denied: string[]) =>
    allowed.length === 0
      ? `${verb} nothing`
      : `${verb} ${list(allowed)}${denied.length === 0 ? '' : ` but not ${list(denied)}`}`;
  const may = [
    describe('read', files.read, files.denyRead),
    describe('write', files.write, files.denyWrite),
    describe('run', files.execute, files.denyExecute),
  ];
  const sealed =
    files.sealed.length === 0 ? '' : ` From its first event on it may not read ${list(files.sealed)}.`;
  return {
    section: 'files',
    effect: files.effect,
    words: `It may ${may.join('; ')}; anything else ${OTHERWISE[files.effect]}.${sealed}`,
  };
}

function explainSecrets({ secrets }: RuntimeRule): SectionExplanation[] {
  if (secrets.length === 0) return [];
  const words = `The variables ${list(secrets)} are kept from /proc/*/environ and from child processes.`;
  return [{ section: 'secrets', effect: null, words }];
}

function explainLearn({ process, network, files, learn }: RuntimeRule): SectionExplanation[] {
  if (![process, network, files].some((section) => section?.effect === 'learn')) return [];
  const { invocations, seconds } = toLearnLimits(learn ?? {});
  const limits = [
    ...(invocations > 0 ? [`${invocations} invocations`] : []),
    ...(seconds > 0 ? [`${seconds / 3600} hours`] : []),
  ];
  const first = limits.length > 1 ? ', whichever comes first' : '';
  return [{ section: 'learn', effect: null, words: `Learning ends after ${limits.join(' or ')}${first}.` }];
}

/** What the rule says, section by section. */
export function explainSections(rule: RuntimeRule): SectionExplanation[] {
  return [
    explainProcess(rule),
    explainNetwork(rule),
    explainFiles(rule),
    ...explainSecrets(rule),
    ...explainLearn(rule),
  ];
}
