import type { Glob, Token } from './glob.ts';
import { matchGlob, SLASH } from './match-glob.ts';

/** Whatever `narrow` matches holds the literal parts of `narrow`, so these must hold those of `wide`. */
const mayCover = (wide: Glob, { text }: Glob) =>
  text.startsWith(wide.prefix) && text.endsWith(wide.suffix) && text.includes(wide.longest);

/** Does everything that `narrow` matches also match `wide`? May say no when it does, never yes when it doesn't. */
export function coversGlob(wide: Glob, narrow: Glob): boolean {
  if (wide.isLiteral || wide.text === narrow.text) return wide.text === narrow.text;
  // A * of the narrow pattern stands for more than one character, so a ? of the wide one cannot stand for it.
  if (wide.text.includes('?') && narrow.text.includes('*')) return false;
  return mayCover(wide, narrow) && matchGlob(wide.bytes, narrow.bytes);
}

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
export function coversPath(wide: Glob, narrow: Glob): boolean {
  if (wide.isLiteral || wide.text === narrow.text) return wide.text === narrow.text;
  // A pattern matches itself as a text, too.
  if (!mayCover(wide, narrow) || !matchGlob(wide.bytes, narrow.bytes, SLASH)) return false;
  // Then a star of wide holds each star of narrow, and what may stand for it as well, unless that crosses folders.
  if (narrow.isLiteral || (!wide.text.includes('?') && !narrow.text.includes('**'))) return true;
  const [outer, inner] = [wide.tokens, narrow.tokens];
  const named = [...outer, ...inner].flatMap((token) => ('char' in token ? token.char : []));
  const characters = new Set([...named, '/', '\0']);
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
export function pathsOverlap(first: Glob, second: Glob): boolean {
  if (!first.prefix.startsWith(second.prefix) && !second.prefix.startsWith(first.prefix)) return false;
  if (!first.suffix.endsWith(second.suffix) && !second.suffix.endsWith(first.suffix)) return false;
  const [a, b] = [first.tokens, second.tokens];
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
