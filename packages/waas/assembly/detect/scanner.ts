// Programs that look for holes and say who they are.
import { byteAt, Is, is, lower } from '../base/bytes';
import { hashByte, hashOf, NO_BYTES } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { lastMember, pathEnd } from '../field';
import { report } from '../verdicts';

export function detectScanner(at: usize, end: usize): void {
  if (!(furtherWord(hashOf(lastMember(), pathEnd())) & Further.AGENT_FIELD)) return;
  while (at < end) {
    const word = at;
    let hash = NO_BYTES;
    while (at < end && (is(byteAt(at), Is.LETTER | Is.DIGIT) || byteAt(at) === 0x2d))
      hash = hashByte(hash, lower(byteAt(at++)));
    if (furtherWord(hash) & Further.SCANNER) {
      report(Class.SCANNER, 90, 'names a program that looks for holes', word, at);
      return;
    }
    at++;
  }
}
