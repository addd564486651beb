// From verdicts to what happens with the event.
import { textStart } from '../base/writer';
import { Class } from '../classes';
import { currentPlace } from '../field';
import {
  banSeconds,
  dropsRecords,
  Effect,
  isAllowedSource,
  isClosedOnError,
  isDeniedSource,
} from '../settings';
import { beginText, report } from '../verdicts';
import { ban, isBanned } from './bans';
import { takesFailures, writeCleanEvent, writeFailures } from './batch';
import { recordCount, refusedCount, refuseRecordAt } from './records';
import { answersHttp, isAsynchronous, writeError, writeHttpRefusal, writeNothing } from './refusal';
import { sourceAddress, sourceAddressAt, sourceAddressEnd } from './source';
import { Trigger } from './trigger';

export enum Decision {
  /** The function gets the event as it came. */
  PASS,
  /** The function does not get it: the answer is its response. */
  ANSWER,
  /** The function does not get it: the answer is its error. */
  ERROR,
  /** The function gets the answer instead of the event: it is the event without what was refused. */
  REPLACE,
}

let refusesAll: bool = false;
let bans: bool = false;
let failuresAt: usize = 0;
let failuresTo: usize = 0;

export function resetDecision(): void {
  refusesAll = false;
  bans = false;
  failuresAt = 0;
  failuresTo = 0;
}

/** Takes note of a verdict's effect at the place that is judged now. */
export function noteVerdict(effect: Effect): void {
  if (effect < Effect.PREVENT) return;
  if (effect === Effect.BAN) bans = true;
  if (!refuseRecordAt(currentPlace())) refusesAll = true;
}

/** What the source's address alone decides. True when the event need not be judged. */
export function judgeSource(now: u32): bool {
  const address = sourceAddress();
  if (!address) return false;
  const at = sourceAddressAt();
  beginText(at, sourceAddressEnd());
  if (isDeniedSource(address))
    report(Class.SOURCE, 100, 'comes from an address that the rule denies', at, sourceAddressEnd());
  else if (isBanned(address, now))
    report(Class.SOURCE, 100, 'comes from an address that attacked a short time ago', at, sourceAddressEnd());
  else return isAllowedSource(address);
  return true;
}

/** Decides on the event from `at` to `end`; writes the answer, where there is one, at the top of memory. */
export function decide(trigger: Trigger, at: usize, end: usize, incomplete: bool, now: u32): Decision {
  if (incomplete && isClosedOnError()) refusesAll = true;
  if (bans && sourceAddress()) ban(sourceAddress(), now + banSeconds());
  const refused = refusesAll ? recordCount() : refusedCount();
  if (!refusesAll && refused === 0) return Decision.PASS;
  if (answersHttp(trigger)) {
    writeHttpRefusal(trigger);
    return Decision.ANSWER;
  }
  if (!refusesAll && refused < recordCount()) return decideOnBatch(trigger, at, end, refused);
  if (isAsynchronous(trigger) && dropsRecords()) {
    writeNothing();
    return Decision.ANSWER;
  }
  writeError(trigger);
  return Decision.ERROR;
}

/** Some records are refused, and the function gets the others. */
function decideOnBatch(trigger: Trigger, at: usize, end: usize, refused: i32): Decision {
  const drops = dropsRecords();
  if (takesFailures(trigger) && (!drops || trigger === Trigger.FIREHOSE)) {
    failuresTo = writeFailures(trigger, refused, drops);
    failuresAt = textStart();
  } else if (!drops) {
    writeError(trigger);
    return Decision.ERROR;
  }
  writeCleanEvent(at, end);
  return Decision.REPLACE;
}

/** What the service must be told of the refused records, once the function has answered; see `writeMergedResponse`. */
export function failuresStart(): usize {
  return failuresAt;
}

export function failuresEnd(): usize {
  return failuresTo;
}
