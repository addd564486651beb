import { Class } from '../../classes';
import { report } from '../../verdicts';

export function detectCode(at: usize, end: usize, facts: i32): void {
  if (facts === 0) report(Class.CODE, 0, 'is empty', at, end);
}
