import { count } from './evidence';
import { Frame } from './frames';
import { Reading, Value } from './reading';

/** Counts what the comparison of the frame's left value with this one is worth. */
export function compare(right: i32, rightHash: u32): void {
  const left = Frame.left;
  if (!Reading.left) {
    // sqlmap's (1=1)*6: a comparison of constants in parentheses, where the query has a value.
    if (Frame.depth > 0 && left === Value.CONSTANT && right === Value.CONSTANT)
      count(50, 'adds a condition whose answer is known');
    return;
  }
  if (!Reading.condition && !Reading.quoted && Frame.depth === 0) return;
  if (left >= Value.KNOWN_CALL || right >= Value.KNOWN_CALL) {
    count(35, 'adds a condition that asks the database');
  } else if (left === Value.CONSTANT && right === Value.CONSTANT) {
    count(60, 'adds a condition whose answer is known');
  } else if (left === right && Frame.leftHash === rightHash && rightHash !== 0) {
    count(60, 'adds a condition whose answer is known');
  } else {
    count(left === Value.NAME && right === Value.NAME ? 10 : 25, 'adds a condition');
  }
}
