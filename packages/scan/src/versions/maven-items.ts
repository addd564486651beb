import { compareNumerals, compareTexts, isNumeral } from './compare-numerals.ts';

/**
 * A part of a Maven version. A list is what follows a hyphen, or a change from letters to digits and back; a combination is a qualifier
 * with its number, such as rc1.
 */
export type MavenItem =
  | { kind: 'number'; digits: string }
  | { kind: 'qualifier'; word: string }
  | { kind: 'combination'; word: string; digits: string }
  | MavenList;
export interface MavenList {
  kind: 'list';
  items: MavenItem[];
}

const ordered = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const release = String(ordered.indexOf(''));

/** Words that say no more than the bare version. */
export const isRelease = (word: string): boolean => ['', 'ga', 'final', 'release'].includes(word);

/** The qualifier as Maven orders it: the known ones by their place, which is a digit, and all others behind them. */
function rank(word: string): string {
  if (isRelease(word)) return release;
  const index = ordered.indexOf(word);
  return index === -1 ? `${ordered.length}-${word}` : String(index);
}

const compareWords = (one: string, other: string) => compareTexts(rank(one), rank(other));

const compareToNothing = (item: MavenItem): number => {
  switch (item.kind) {
    case 'number':
      return Number(!/^0*$/.test(item.digits));
    case 'list':
      return item.items.map(compareToNothing).find((order) => order !== 0) ?? 0;
    default:
      return compareTexts(rank(item.word), release);
  }
};

/** Kinds that differ, the lower one first: 1-rc < 1-rc1 is decided by their words. */
const kinds = ['qualifier', 'combination', 'list', 'number'];

/** Compares two items; undefined stands for the end of a version. */
export function compareItems(one: MavenItem | undefined, other: MavenItem | undefined): number {
  if (one === undefined) return other === undefined ? 0 : -compareToNothing(other);
  if (other === undefined) return compareToNothing(one);
  if (one.kind === 'list' && other.kind === 'list') return compareLists(one, other);
  if (one.kind === 'number' && other.kind === 'number') return compareNumerals(one.digits, other.digits);
  if ('word' in one && 'word' in other) {
    const order = compareWords(one.word, other.word);
    if (order !== 0) return order;
    if (one.kind === 'combination' && other.kind === 'combination')
      return compareNumerals(one.digits, other.digits);
  }
  return Math.sign(kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}

function compareLists(one: MavenList, other: MavenList): number {
  for (let index = 0; index < Math.max(one.items.length, other.items.length); index++) {
    const order = compareItems(one.items[index], other.items[index]);
    if (order !== 0) return order;
  }
  return 0;
}

const shortened: Record<string, string> = { a: 'alpha', b: 'beta', m: 'milestone' };

/** `text` is digits, a word, or a word with digits behind it. */
export function readItem(text: string): MavenItem {
  if (isNumeral(text)) return { kind: 'number', digits: text };
  const [, name = text, digits] = /^(\D*)(\d+)$/.exec(text) ?? [];
  const full = digits === undefined ? name : (shortened[name] ?? name);
  const word = full === 'cr' ? 'rc' : full;
  return digits === undefined ? { kind: 'qualifier', word } : { kind: 'combination', word, digits };
}

const isNothing = (item: MavenItem): boolean =>
  (item.kind === 'number' && /^0*$/.test(item.digits)) ||
  (item.kind === 'qualifier' && item.word === '') ||
  (item.kind === 'list' && item.items.length === 0);

/** Takes out what says nothing, from the end: 1.0.0 is 1, and 1.0-rc is 1-rc. */
export function trimList({ items }: MavenList): void {
  for (let index = items.length - 1; index >= 0; index--) {
    if (!isNothing(items[index] as MavenItem)) continue;
    const next = items[index + 1];
    const first = next?.kind === 'list' ? next.items[0] : next;
    const isBeforeWord =
      next?.kind === 'list' ? first !== undefined && 'word' in first : first?.kind === 'qualifier';
    if (next === undefined || isBeforeWord) items.splice(index, 1);
  }
}
