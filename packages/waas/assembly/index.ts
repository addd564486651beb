// What the engine offers its hosts: Node, the browser, and the init (through wasm2c).
import { mark, release, reserve } from './base/memory';
import { textEnd, textStart } from './base/writer';
import { leaveUnread, resetBudget, wasExceeded } from './budget';
import { leaveMalformed, watchMalformed } from './detect/malformed/malformed';
import { writeMergedResponse } from './event/batch';
import { Decision, decide, failuresEnd, failuresStart, judgeSource, resetDecision } from './event/decide';
import { resetFields } from './event/fields';
import { resetRecords } from './event/records';
import { skimEvent } from './event/skim';
import { readSource } from './event/source';
import { Trigger, triggerOf } from './event/trigger';
import { resetField } from './field';
import { judgeField } from './judge';
import { readSettings } from './settings';
import { checkRequest } from './shape/request';
import { resetSurroundings, watchVerdict, writeSurroundings } from './surroundings';
import { resetVerdicts, verdictCount } from './verdicts';
import { walkJson } from './walk/json';
import { writeInspection } from './write-json';

let bottom: usize = mark();
let inputAt: usize = 0;
let trigger: Trigger = Trigger.DIRECT;
let decision: Decision = Decision.PASS;
let answerAt: usize = 0;
let answerTo: usize = 0;

/** Whether the section keeps an event that could not be judged from the function; hosts ask when the engine itself gave up. */
export { isClosedOnError } from './settings';

/** Room for `size` bytes of input, and a zero byte behind it. Asked again at once for more, what is there stays; everything else is gone. */
export function input(size: i32): usize {
  release(bottom);
  inputAt = reserve(size + 1);
  return inputAt;
}

/**
 * Takes the first `size` bytes of the input as the WAAS section of a compiled policy, and keeps them. False where they are no such
 * section; then all protections alert. Each further call keeps more memory, so a host that changes rules often starts a new engine.
 */
export function configure(size: i32): bool {
  const valid = readSettings(inputAt, inputAt + size);
  bottom = mark();
  return valid;
}

/** Judges the first `size` bytes of the input as one value. How many verdicts there are. */
export function inspectText(size: i32): i32 {
  begin(size);
  judgeField(inputAt, inputAt + size);
  return verdictCount();
}

/**
 * Judges the first `size` bytes of the input as an event, and decides what happens with it: a JSON text, or else one value. `now`
 * in Unix seconds, for bans. `isCut`: the host cut its body off, so that something of it is left unread. How many verdicts there are.
 */
export function inspectEvent(size: i32, now: u32, isCut: bool): i32 {
  begin(size);
  const end = inputAt + size;
  skimEvent(inputAt, end);
  readSource();
  trigger = triggerOf();
  watchMalformed(trigger, isCut);
  if (isCut) leaveUnread();
  if (!judgeSource(now)) {
    if (!walkJson(inputAt, end)) judgeField(inputAt, end);
    checkRequest(trigger, isCut);
  }
  settle(end, now);
  return verdictCount();
}

/** Decides on the first `size` bytes of the input as an event that can't be judged: by the section's onError. `now` in Unix seconds. */
export function giveUp(size: i32, now: u32): void {
  begin(size);
  const end = inputAt + size;
  skimEvent(inputAt, end);
  trigger = triggerOf();
  leaveUnread();
  settle(end, now);
}

function settle(end: usize, now: u32): void {
  decision = decide(trigger, inputAt, end, wasExceeded(), now);
  if (decision === Decision.PASS) return;
  answerAt = textStart();
  answerTo = textEnd();
}

/** What happens with the event: 0 the function gets it; 1 the answer is its response; 2 the answer is its error; 3 it gets the answer instead. */
export function decided(): i32 {
  return decision;
}

/** The answer of the last inspection; it is there until the next input. */
export function answer(): usize {
  return answerAt;
}

export function answerSize(): i32 {
  return <i32>(answerTo - answerAt);
}

/** What must be merged into the function's response, where it got only a part of the event's records; see `mergeResponse`. */
export function failures(): usize {
  return failuresStart();
}

export function failuresSize(): i32 {
  return <i32>(failuresEnd() - failuresStart());
}

/** Merges failures into a response: the input is the response (`size` bytes) with the failures behind it. The merged response is the answer then. */
export function mergeResponse(size: i32, failures: i32): void {
  const end = inputAt + size;
  answerTo = writeMergedResponse(inputAt, end, end, end + failures);
  answerAt = textStart();
}

/** Whether the last inspection left something unread, because decoding it would have taken too long. */
export function isIncomplete(): bool {
  return wasExceeded();
}

/** Writes the last inspection as JSON. Where it begins. */
export function output(): usize {
  writeInspection(trigger, wasExceeded());
  return textStart();
}

/** How long the text is that `output` or `surroundings` wrote. */
export function outputSize(): i32 {
  return <i32>(textEnd() - textStart());
}

/** Has the surroundings of this verdict kept by the inspections to come. */
export function watch(index: i32): void {
  watchVerdict(index);
}

/** Writes the surroundings of the watched verdict's evidence as JSON, or null. Where the text begins. */
export function surroundings(): usize {
  writeSurroundings(inputAt);
  return textStart();
}

function begin(size: i32): void {
  resetVerdicts();
  resetSurroundings();
  resetField();
  resetFields();
  resetRecords();
  resetDecision();
  resetBudget(size);
  leaveMalformed();
  readSource();
  trigger = Trigger.DIRECT;
  decision = Decision.PASS;
  answerAt = 0;
  answerTo = 0;
  store<u8>(inputAt + size, 0);
}
