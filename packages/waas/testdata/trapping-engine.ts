// The engine with a fault: it traps on events that begin with `trap`, and on `trap!` also when it is to give up on them.
import { giveUp as giveUpWell, input as inputWell, inspectEvent as inspectWell } from '../assembly/index';

export {
  answer,
  answerSize,
  configure,
  decided,
  failures,
  failuresSize,
  inspectText,
  mergeResponse,
  output,
  outputSize,
} from '../assembly/index';

const TRAP: u32 = 0x70617274;
let at: usize = 0;

export function input(size: i32): usize {
  at = inputWell(size);
  return at;
}

export function inspectEvent(size: i32, now: u32, isCut: bool): i32 {
  if (size > 3 && load<u32>(at) === TRAP) unreachable();
  return inspectWell(size, now, isCut);
}

export function giveUp(size: i32, now: u32): void {
  if (size > 4 && load<u8>(at, 4) === 0x21) unreachable();
  giveUpWell(size, now);
}
