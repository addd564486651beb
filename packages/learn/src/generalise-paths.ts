import type { ModelEntry } from '@ringfence/audit';
import { TEXT_BYTES } from '@ringfence/policy/schema';
import { type Groups, groupBy, regroup } from './group.ts';
import { generaliseName } from './random-names.ts';

export type PathManner = {
  /** Folders that are allowed as a whole once something in them was used: they change with each update. */
  trees: readonly string[];
  /** What stands for the files of a folder: all below it where that can be held at no cost. */
  inFolder: '/*' | '/**';
  /** As many files of one folder are listed one by one, and as many folders of a folder. */
  siblings: number;
  /** At most so many patterns. */
  limit: number;
  /** What keeps a pattern from being used, in words. */
  findProblem: (pattern: string) => string | undefined;
};

const encoder = new TextEncoder();

/** The path as a pattern that matches it, whatever bytes it holds. U+FFFD stands for bytes that are no UTF-8. */
function toPattern(path: string): string | undefined {
  if (!/^(\/|\$\{|@)/.test(path)) return undefined;
  const pattern = path
    .replace(/[\p{Cc}\p{Cs}\ufffd]+/gu, '*')
    .replace(/\*{3,}/g, '**')
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=\/)\.{1,2}(?=\/|$)/g, '*');
  if (encoder.encode(pattern).length <= TEXT_BYTES - 3) return pattern;
  const short = [...pattern].slice(0, 100).join('').replace(/\*+$/, '');
  return `${short.slice(0, short.lastIndexOf('/'))}/**`;
}

function generalise(path: string, { trees, inFolder }: PathManner): string {
  const tree = trees.find((each) => path.startsWith(`${each}/`));
  if (tree !== undefined) return `${tree}/**`;
  // A slash at the end: the folder itself was read.
  if (path.endsWith('/')) return path === '/' ? '/*' : path.slice(0, -1) + inFolder;
  if (/[^*]\/\*{1,2}$/.test(path)) return path.replace(/\/\*{1,2}$/, path.endsWith('**') ? '/**' : inFolder);
  const [, processes = '', rest = path] = /^(\/proc\/)\d+(\/.*|$)/.exec(path) ?? [];
  const folder = processes ? `${processes}*` : '';
  const names = (processes ? rest.replace(/^\/task\/\d+/, '/task/*') : rest).split('/');
  return folder + names.map((name) => (/[*$]/.test(name) ? name : generaliseName(name))).join('/');
}

const parentOf = (pattern: string) => pattern.slice(0, Math.max(0, pattern.lastIndexOf('/')));
/** All below the folder two levels up; of abstract addresses, all. */
const widen = (pattern: string) => (pattern.startsWith('@') ? '@**' : `${parentOf(parentOf(pattern))}/**`);
const widest = (pattern: string) => (pattern.startsWith('@') ? '@**' : '/**');

/** Puts the files of folders that hold more than `most` under one pattern, and then the folders of such folders. */
function condense(groups: Groups, most: number, inFolder: string): Groups {
  const files = countBy([...groups.keys()].filter((pattern) => !/\/\*{1,2}$/.test(pattern)).map(parentOf));
  const inFolders = regroup(groups, (pattern) => {
    const folder = parentOf(pattern);
    return folder !== '' && (files.get(folder) ?? 0) > most ? folder + inFolder : pattern;
  });
  const wholes = [...inFolders.keys()].filter((pattern) => /\/\*{1,2}$/.test(pattern));
  const folders = countBy(wholes.map((pattern) => parentOf(parentOf(pattern))));
  return regroup(inFolders, (pattern) => {
    const above = parentOf(parentOf(pattern));
    const many = /\/\*{1,2}$/.test(pattern) && (folders.get(above) ?? 0) > most;
    return above !== '' && many ? `${above}/**` : pattern;
  });
}

function countBy(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** What stands for whole folders and covers the pattern, the widest first. */
function* listWider(pattern: string): Generator<string> {
  yield widest(pattern);
  for (let at = pattern.indexOf('/', 1); at > 0; at = pattern.indexOf('/', at + 1)) {
    const folder = pattern.slice(0, at);
    // Behind a wildcard there may be less than a folder.
    if (folder.includes('*')) return;
    yield `${folder}/**`;
    if (!/\/|\*\*/.test(pattern.slice(at + 1))) yield `${folder}/*`;
  }
}

/** Leaves out what another pattern allows as well. */
const dropCovered = (groups: Groups): Groups =>
  regroup(groups, (pattern) => {
    for (const wide of listWider(pattern)) if (groups.has(wide)) return wide;
    return pattern;
  });

/** Patterns that allow all these paths, and little else. A path for which there can be no pattern is left out. */
export function generalisePaths(entries: ModelEntry[], manner: PathManner): Groups {
  let groups = groupBy(entries, ({ value }) => {
    const pattern = toPattern(value);
    const general = pattern === undefined ? undefined : generalise(pattern, manner);
    return general === undefined || manner.findProblem(general) !== undefined ? undefined : general;
  });
  for (let most = manner.siblings; ; most = Math.floor(most / 2)) {
    groups = dropCovered(condense(groups, most, manner.inFolder));
    if (groups.size <= manner.limit || most === 0) break;
  }
  while (groups.size > manner.limit) groups = dropCovered(regroup(groups, widen));
  return groups;
}
