import { Class } from '../../classes';
import { report } from '../../verdicts';

export function detectLfi(at: usize, end: usize, facts: i32): void {
  if (facts === 0) report(Class.LFI, 0, 'is empty', at, end);
}
