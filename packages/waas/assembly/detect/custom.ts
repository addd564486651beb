// The rule's own patterns.
import { Class } from '../classes';
import { firstPattern, nextPattern, patternMatches } from '../settings';
import { report } from '../verdicts';

export function detectCustom(at: usize, end: usize): void {
  for (let pattern = firstPattern(); pattern; pattern = nextPattern(pattern)) {
    if (!patternMatches(pattern, at, end)) continue;
    report(Class.CUSTOM, 100, "matches one of the rule's own patterns", at, end);
    return;
  }
}
