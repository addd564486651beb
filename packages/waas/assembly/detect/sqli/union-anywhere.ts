import { byteAt, Is, is, startsWith } from '../../base/bytes';
import { adjust } from './evidence';
import { readBare } from './grammar';
import { judge } from './judge';
import { tokenEnd } from './lexer';
import { Reading } from './reading';

/** The shortest text that the search is for: `union select`. */
const SHORTEST: usize = 12;

/** Looks for a UNION SELECT wherever it stands: what is before it may be of a context that is not known. */
export function findUnionAnywhere(at: usize, end: usize): void {
  // What is read is bounded, or many beginnings would be read to the end each.
  let budget: usize = 4 * (end - at);
  for (let from = at + 1; from + SHORTEST <= end; from++) {
    if ((byteAt(from) | 0x20) !== 0x75 || !startsWith(from, end, 'union') || is(byteAt(from - 1), Is.LETTER))
      continue;
    readBare(from, end, false);
    if (Reading.unionSelect) {
      adjust(-20);
      judge(from, end, from, 0);
      return;
    }
    const read = tokenEnd - from;
    if (read > budget) return;
    budget -= read;
  }
}
