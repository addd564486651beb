import type { Resource } from '../resource.ts';

/** Whether something holds: for sure, for sure not, or by what only the account knows. */
export type Verdict = 'yes' | 'no' | 'maybe';

/** The surest of them all. */
export const anyOf = (verdicts: Iterable<Verdict>): Verdict => {
  let found: Verdict = 'no';
  for (const verdict of verdicts) {
    if (verdict === 'yes') return verdict;
    if (verdict === 'maybe') found = verdict;
  }
  return found;
};

export const bothOf = (one: Verdict, other: Verdict): Verdict => {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'yes' && other === 'yes' ? 'yes' : 'maybe';
};

export const not = (verdict: Verdict): Verdict =>
  verdict === 'yes' ? 'no' : verdict === 'no' ? 'yes' : 'maybe';

/** A character, or what stands for several. */
type Token =
  | string
  | { kind: 'any' | 'one' | 'unknown' }
  /** The same text wherever it stands; that of two resources differs. */
  | { kind: 'hole'; name: string }
  | { kind: 'resource'; name: string; service: string };

/** A text with wildcards, cut into what is compared. */
export type Pattern = readonly Token[];

const piece = /\$\{(!?)([^}]*)\}|[\s\S]/g;
/** Holes that do not say what they hold: two of them need not be the same. */
const nameless = /^(\?|Select|Split|Length|Fn::.*)$/;

/** Reads a text in the Fn::Sub form, with IAM's wildcards. A variable of IAM stands for any text. */
export function readPattern(text: string, resources: ReadonlyMap<string, Resource>): Pattern {
  return [...text.matchAll(piece)].map(([whole, escaped, name]): Token => {
    if (name === undefined) return whole === '*' ? { kind: 'any' } : whole === '?' ? { kind: 'one' } : whole;
    if (escaped || nameless.test(name)) return { kind: 'unknown' };
    const type = resources.get(name.split('.')[0] ?? '')?.type;
    return type === undefined
      ? { kind: 'hole', name }
      : { kind: 'resource', name, service: (type.split('::')[1] ?? '').toLowerCase() };
  });
}

function same(one: Token | undefined, other: Token | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  if (!one || !other || one.kind !== other.kind || one.kind === 'unknown') return false;
  return !('name' in one) || ('name' in other && one.name === other.name);
}

const isAny = (token: Token | undefined) => typeof token === 'object' && token.kind === 'any';
const isOne = (token: Token | undefined) => typeof token === 'object' && token.kind === 'one';

/** Whether the first stands for all that the second does, whatever its holes are. */
function holdsAll(granted: Pattern, needed: Pattern): boolean {
  let [at, on, retryAt, retryOn] = [0, 0, -1, 0];
  while (on < needed.length) {
    const token = granted[at];
    if (isAny(token)) {
      retryAt = ++at;
      retryOn = on;
    } else if (same(token, needed[on]) || (isOne(token) && typeof needed[on] === 'string')) {
      at++;
      on++;
    } else if (retryAt >= 0) {
      at = retryAt;
      on = ++retryOn;
    } else return false;
  }
  return granted.slice(at).every(isAny);
}

/** Whether the token can stand for several others, this one among them. */
function mayHold(token: Token | undefined, other: Token | undefined): boolean {
  if (token === undefined || other === undefined || typeof token === 'string' || token.kind === 'one')
    return false;
  // The names of two resources are not the same, and not within each other.
  return !(token.kind === 'resource' && typeof other === 'object' && other.kind === 'resource');
}

const mayBeEmpty = (token: Token | undefined) =>
  typeof token === 'object' && token.kind !== 'one' && token.kind !== 'resource';

const meetAsOne = (one: Token | undefined, other: Token | undefined) =>
  same(one, other) || (isOne(one) && typeof other === 'string') || (isOne(other) && typeof one === 'string');

/** Whether some text is meant by both, for some content of their holes. */
function mayMeet(one: Pattern, other: Pattern): boolean {
  let start = 0;
  while (start < one.length && !isAny(one[start]) && same(one[start], other[start])) start++;
  const [left, right] = [one.slice(start), other.slice(start)];
  const width = right.length + 1;
  // From their ends: whether the rest of `left` from `at` meets the rest of `right` from `on`.
  const meets = new Uint8Array((left.length + 1) * width);
  const rest = (at: number, on: number) => meets[at * width + on] === 1;
  for (let at = left.length; at >= 0; at--)
    for (let on = right.length; on >= 0; on--) {
      const [mine, yours] = [left[at], right[on]];
      const found =
        (mine === undefined && yours === undefined) ||
        (mayBeEmpty(mine) && rest(at + 1, on)) ||
        (mayBeEmpty(yours) && rest(at, on + 1)) ||
        (mayHold(mine, yours) && (rest(at, on + 1) || rest(at + 1, on + 1))) ||
        (mayHold(yours, mine) && (rest(at + 1, on) || rest(at + 1, on + 1))) ||
        (mine !== undefined && meetAsOne(mine, yours) && rest(at + 1, on + 1));
      if (found) meets[at * width + on] = 1;
    }
  return meets[0] === 1;
}

const idOf = ({ name }: { name: string }) => name.split('.')[0];

/** The id of a resource whose ARN the first is as an attribute, where the second is an ARN of its service that is written out. */
function arnBeside([arn, ...more]: Pattern, other: Pattern): string | undefined {
  if (typeof arn !== 'object' || arn.kind !== 'resource' || !arn.name.endsWith('Arn') || more.length > 0)
    return undefined;
  const front = `arn:aws:${arn.service}:`;
  return other.slice(0, front.length).join('') === front ? idOf(arn) : undefined;
}

/** Whether the first is the ARN of a resource, and the second may be what it says in full: with the name of another resource in it. */
function mayBeWithin(one: Pattern, other: Pattern): boolean {
  return arnBeside(one, other) !== undefined && typeof other.at(-1) === 'string';
}

/** Whether the first is the ARN of a resource as its attribute, and the second as it is written around what else the same resource says of itself. */
function isWrittenOut(one: Pattern, other: Pattern): boolean {
  const id = arnBeside(one, other);
  const end = other.at(-1);
  return id !== undefined && typeof end === 'object' && end.kind === 'resource' && idOf(end) === id;
}

/** Whether what is granted holds all that is needed. */
export function holds(granted: Pattern, needed: Pattern): Verdict {
  if (holdsAll(granted, needed)) return 'yes';
  if (isWrittenOut(granted, needed) || isWrittenOut(needed, granted)) return 'yes';
  if (mayBeWithin(granted, needed) || mayBeWithin(needed, granted)) return 'maybe';
  return mayMeet(granted, needed) ? 'maybe' : 'no';
}
