// Puts one text before the detectors: as it is, then decoded, as long as decoding finds something.
import { factsOf, Has } from './base/facts';
import { mark, release } from './base/memory';
import { Class } from './classes';
import { decodePercent } from './decode/percent';
import { detectCmdi } from './detect/cmdi/cmdi';
import { detectCode } from './detect/code/code';
import { detectLfi } from './detect/lfi/lfi';
import { detectSqli } from './detect/sqli/sqli';
import { detectXss } from './detect/xss/xss';
import { popStep, pushStep, Step } from './field';
import { isOn } from './settings';
import { beginText } from './verdicts';

/** Judges the text from `at` to `end`; behind it stands a zero byte. */
export function judgeText(at: usize, end: usize): void {
  const facts = factsOf(at, end);
  beginText(at);
  if (isOn(Class.SQLI)) detectSqli(at, end, facts);
  if (isOn(Class.XSS)) detectXss(at, end, facts);
  if (isOn(Class.CMDI)) detectCmdi(at, end, facts);
  if (isOn(Class.CODE)) detectCode(at, end, facts);
  if (isOn(Class.LFI)) detectLfi(at, end, facts);
  judgeDecoded(at, end, facts);
}

function judgeDecoded(at: usize, end: usize, facts: i32): void {
  const before = mark();
  if (facts & Has.PERCENT) {
    const to = decodePercent(at, end);
    if (to && pushStep(Step.PERCENT)) {
      judgeText(before, to);
      popStep();
    }
    release(before);
  }
}
