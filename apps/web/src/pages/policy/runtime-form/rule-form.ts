import {
  FILE_LISTS,
  FilesSettings,
  NetworkSettings,
  type ProcessEntry,
  type RuntimeRule,
} from '@ringfence/policy/schema';
import { readLines } from '../pattern-lines.ts';
import { formatArgument, parseArgument } from './argument-lines.ts';

export const NETWORK_LISTS = ['outbound', 'listen', 'unix'] as const;
export type NetworkList = (typeof NETWORK_LISTS)[number];
export type FileList = (typeof FILE_LISTS)[number];

/** A process that is allowed with conditions; `arguments` is undefined for any. */
export type ConditionForm = { path: string; arguments: string | undefined; parents: string };

/** A rule as the form holds it: each list is a text with one entry on each line. */
export type RuleForm = Pick<RuntimeRule, 'name' | 'collections' | 'onError'> & {
  process: Omit<RuntimeRule['process'], 'allow'> & { allow: string; conditions: ConditionForm[] };
  network: Pick<NetworkSettings, 'effect' | 'metadata'> & Record<NetworkList, string>;
  files: Pick<FilesSettings, 'effect'> & Record<FileList, string>;
  secrets: string;
  learn: { invocations: string; hours: string };
};

const joinLines = (entries: readonly (string | number)[]) => entries.join('\n');

const textsOf = <List extends string>(lists: readonly List[], from: Record<List, (string | number)[]>) =>
  Object.fromEntries(lists.map((list) => [list, joinLines(from[list])])) as Record<List, string>;

/** The form of a rule. A section that is left out begins with the schema's defaults, and the effect disable. */
export function startForm(rule: RuntimeRule): RuleForm {
  const { process, network = { ...NetworkSettings.parse({}), effect: 'disable' as const } } = rule;
  const { files = { ...FilesSettings.parse({}), effect: 'disable' as const } } = rule;
  const conditions = process.allow.filter((entry) => typeof entry !== 'string');
  return {
    name: rule.name,
    collections: rule.collections,
    onError: rule.onError,
    process: {
      effect: process.effect,
      miners: process.miners,
      allow: joinLines(process.allow.filter((entry) => typeof entry === 'string')),
      conditions: conditions.map(({ path, arguments: patterns, parents = [] }) => ({
        path,
        arguments: patterns && joinLines(patterns.map(formatArgument)),
        parents: joinLines(parents),
      })),
    },
    network: { effect: network.effect, metadata: network.metadata, ...textsOf(NETWORK_LISTS, network) },
    files: { effect: files.effect, ...textsOf(FILE_LISTS, files) },
    secrets: joinLines(rule.secrets),
    learn: { invocations: `${rule.learn?.invocations ?? ''}`, hours: `${rule.learn?.hours ?? ''}` },
  };
}

const entriesOf = (text: string) => readLines(text).patterns;

function readCondition({ path, arguments: patterns, parents }: ConditionForm): ProcessEntry {
  return {
    path: path.trim(),
    ...(patterns !== undefined && { arguments: entriesOf(patterns).map(parseArgument) }),
    ...(parents.trim() !== '' && { parents: entriesOf(parents) }),
  };
}

function readNetwork({ effect, metadata, outbound, listen, unix }: RuleForm['network']): NetworkSettings {
  const ports = entriesOf(listen).map((line) => (/^\d+$/.test(line) ? Number(line) : line));
  return { effect, listen: ports, outbound: entriesOf(outbound), unix: entriesOf(unix), metadata };
}

function readFiles(form: RuleForm['files']): FilesSettings {
  const lists = Object.fromEntries(FILE_LISTS.map((list) => [list, entriesOf(form[list])]));
  return { effect: form.effect, ...(lists as Record<FileList, string[]>) };
}

const readNumber = (text: string) => (text.trim() === '' ? undefined : Number(text));

/** A disabled section that says nothing more than the defaults is left out. */
function leaveOut<Settings extends { effect: string }>(settings: Settings, defaults: Settings) {
  const isDefault =
    JSON.stringify({ ...settings, effect: '' }) === JSON.stringify({ ...defaults, effect: '' });
  return settings.effect === 'disable' && isDefault ? undefined : settings;
}

/** The rule that the form stands for, not yet checked. */
export function readForm(form: RuleForm): RuntimeRule {
  const { name, collections, onError, process } = form;
  const network = leaveOut(readNetwork(form.network), NetworkSettings.parse({}));
  const files = leaveOut(readFiles(form.files), FilesSettings.parse({}));
  const [invocations, hours] = [readNumber(form.learn.invocations), readNumber(form.learn.hours)];
  return {
    name,
    collections,
    onError,
    process: {
      effect: process.effect,
      allow: [...entriesOf(process.allow), ...process.conditions.map(readCondition)],
      miners: process.miners,
    },
    ...(network && { network }),
    ...(files && { files }),
    secrets: entriesOf(form.secrets),
    ...((invocations ?? hours) !== undefined && {
      learn: { ...(invocations !== undefined && { invocations }), ...(hours !== undefined && { hours }) },
    }),
  };
}
