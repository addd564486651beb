import { matchGlob, matchPath } from './match-glob.ts';
import { isGlob } from './sections/text-problem.ts';

const encoder = new TextEncoder();

/** Does everything that `narrow` matches also match `wide`? May say no when it does, never yes when it doesn't. */
export function coversGlob(wide: string, narrow: string): boolean {
  // A * of the narrow pattern stands for more than one character, so a ? of the wide one cannot stand for it.
  if (wide !== narrow && wide.includes('?') && narrow.includes('*')) return false;
  return matchGlob(encoder.encode(wide), encoder.encode(narrow));
}

/** What stands before the first wildcard. */
const prefixOf = (pattern: string) => /^[^*?]*/.exec(pattern)?.[0] ?? '';

type Token = { char: string } | { star: boolean; crosses: boolean };

const tokenize = (pattern: string): Token[] =>
  (pattern.match(/\*+|[^*]/gs) ?? []).map((part) => {
    if (part.startsWith('*')) return { star: true, crosses: part.length > 1 };
    return part === '?' ? { star: false, crosses: false } : { char: part };
  });

function shareCharacter(a: Token, b: Token): boolean {
  if ('char' in a) return 'char' in b ? a.char === b.char : b.crosses || a.char !== '/';
  return 'char' in b ? shareCharacter(b, a) : true;
}

const isStar = (token: Token | undefined) => token !== undefined && 'star' in token && token.star;

/** The positions that can be reached from these without a further character: a star may stand for nothing. */
function skipStars(tokens: Token[], positions: Iterable<number>): Set<number> {
  const reached = new Set(positions);
  // What is added while the set is walked is walked too.
  for (const position of reached) if (isStar(tokens[position])) reached.add(position + 1);
  return reached;
}

function advance(tokens: Token[], positions: Set<number>, char: string): Set<number> {
  const next: number[] = [];
  for (const position of positions) {
    const token = tokens[position];
    if (token !== undefined && shareCharacter(token, { char }))
      next.push(isStar(token) ? position : position + 1);
  }
  return skipStars(tokens, next);
}

/** More steps than any pattern takes that is meant to be read. */
const STEPS = 20_000;

/**
 * Does every path that `narrow` matches also match `wide`? Walks through narrow with each character that makes a difference,
 * and keeps all positions of wide that these can lead to. May say no when patterns are very intricate, never yes when it is no.
 */
export function coversPath(wide: string, narrow: string): boolean {
  if (wide === narrow || !isGlob(wide)) return wide === narrow;
  if (!isGlob(narrow)) return matchPath(wide, narrow);
  if (!prefixOf(narrow).startsWith(prefixOf(wide))) return false;
  const [outer, inner] = [tokenize(wide), tokenize(narrow)];
  const characters = new Set([...wide, ...narrow, '/', '\0']);
  const seen = new Set<string>();
  const open = [{ at: 0, positions: skipStars(outer, [0]) }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { at, positions } = state;
    const key = `${at} ${[...positions].sort().join()}`;
    if (seen.has(key)) continue;
    if (seen.size === STEPS || positions.size === 0) return false;
    seen.add(key);
    const token = inner[at];
    if (token === undefined) {
      if (!positions.has(outer.length)) return false;
      continue;
    }
    if (isStar(token)) open.push({ at: at + 1, positions });
    for (const char of characters)
      if (shareCharacter(token, { char }))
        open.push({ at: isStar(token) ? at : at + 1, positions: advance(outer, positions, char) });
  }
  return true;
}

/** Is there a path that both patterns match? */
export function pathsOverlap(first: string, second: string): boolean {
  const prefixes = [prefixOf(first), prefixOf(second)] as const;
  if (!prefixes[0].startsWith(prefixes[1]) && !prefixes[1].startsWith(prefixes[0])) return false;
  const [a, b] = [tokenize(first), tokenize(second)];
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const open: [number, number][] = [[0, 0]];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const [i, j] = state;
    if (i === a.length && j === b.length) return true;
    if (seen[i * width + j] === 1) continue;
    seen[i * width + j] = 1;
    const [left, right] = [a[i], b[j]];
    if (isStar(left)) open.push([i + 1, j]);
    if (isStar(right)) open.push([i, j + 1]);
    if (left !== undefined && right !== undefined && shareCharacter(left, right))
      open.push([isStar(left) ? i : i + 1, isStar(right) ? j : j + 1]);
  }
  return false;
}
