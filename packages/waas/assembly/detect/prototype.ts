// Prototype pollution: members by which an object of JavaScript reaches what all objects share.
import { contains } from '../base/bytes';
import { hashOf } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { isKeyDecoded } from '../field';
import { report } from '../verdicts';

export function detectPrototype(at: usize, end: usize): void {
  if (!isKeyDecoded() || end - at < 9) return;
  if (
    furtherWord(hashOf(at, end)) & Further.PROTOTYPE ||
    contains(at, end, '__proto__') ||
    contains(at, end, 'constructor.prototype') ||
    contains(at, end, 'constructor[prototype]')
  )
    report(Class.PROTOTYPE, 90, 'names what all objects of JavaScript share', at, end);
}
