// Prototype pollution: members by which an object of JavaScript reaches what all objects share.
import { byteAt } from '../base/bytes';
import { hashOf } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { isKey } from '../field';
import { report } from '../verdicts';

export function detectPrototype(at: usize, end: usize): void {
  if (!isKey() || end - at < 9) return;
  if (
    furtherWord(hashOf(at, end)) & Further.PROTOTYPE ||
    holds(at, end, '__proto__') ||
    holds(at, end, 'constructor.prototype') ||
    holds(at, end, 'constructor[prototype]')
  )
    report(Class.PROTOTYPE, 90, 'names what all objects of JavaScript share', at, end);
}

function holds(at: usize, end: usize, word: string): bool {
  for (; at + word.length <= end; at++) {
    let i = 0;
    while (i < word.length && byteAt(at + i) === word.charCodeAt(i)) i++;
    if (i === word.length) return true;
  }
  return false;
}
