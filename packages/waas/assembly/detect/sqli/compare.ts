import { count } from './evidence';
import { Frame } from './frames';
import { Reading, Value } from './reading';

/** Counts what the comparison of the frame's left value with this one is worth. */
export function compare(right: i32, rightHash: u32): void {
  const left = Frame.left;
  const constants = left === Value.CONSTANT && right === Value.CONSTANT;
  const asks = !Reading.named && (left >= Value.KNOWN_CALL || right >= Value.KNOWN_CALL);
  if (!((constants || (asks && Reading.left)) && Frame.depth > 0) && !isCondition()) return;
  if (constants || (left === right && Frame.leftHash === rightHash && rightHash !== 0))
    countKnown(Reading.left ? 60 : 50);
  else if (left <= Value.CONSTANT && right <= Value.CONSTANT) countKnown(Reading.connected ? 45 : 30);
  else if (asks) count(35, 'adds a condition that asks the database');
  else countCondition(left === Value.NAME && right === Value.NAME ? 10 : 20);
}

function isCondition(): bool {
  return Reading.left && (Reading.condition || Reading.quoted);
}

/** Comparisons of constants: the first is worth most. */
function countKnown(worth: i32): void {
  count(max(10, worth - Reading.knownPoints), 'adds a condition whose answer is known');
  Reading.knownPoints = max(worth, Reading.knownPoints);
}

/** Conditions on names, as programs have them. */
function countCondition(worth: i32): void {
  // A query of one's own has conditions; what it does not have is one whose answer is known.
  if (Reading.conditionPoints >= 30 || Reading.begun) return;
  Reading.conditionPoints += worth;
  count(worth, 'adds a condition');
}
