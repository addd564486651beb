import { Class } from '../../classes';
import { report } from '../../verdicts';

export function detectCmdi(at: usize, end: usize, facts: i32): void {
  if (facts === 0) report(Class.CMDI, 0, 'is empty', at, end);
}
