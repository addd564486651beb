// What no honest client sends, and parsers disagree about. It is a matter of events: a text judged alone is whatever it is.
import { Has } from '../../base/facts';
import { Class } from '../../classes';
import { isAsynchronous } from '../../event/refusal';
import { isOfClient, readRequest } from '../../event/request';
import { Trigger } from '../../event/trigger';
import { isOn } from '../../settings';
import { beginText } from '../../verdicts';
import { detectBody } from './body';
import { detectCharacters } from './characters';
import { detectRequestPart, resetRequestParts } from './request-parts';

let watched: bool = false;
let isWaitedFor: bool = false;

/** What is judged next is no event, until one is said to be. */
export function leaveMalformed(): void {
  watched = false;
  readRequest(Trigger.DIRECT, false);
}

/** An event of this trigger is about to be judged; its fields have been found. `isCut`: its body was cut off by the host. */
export function watchMalformed(trigger: Trigger, isCut: bool): void {
  watched = isOn(Class.MALFORMED);
  // What comes by a queue may be binary.
  isWaitedFor = !isAsynchronous(trigger) && trigger !== Trigger.FIREHOSE;
  readRequest(trigger, isCut);
  resetRequestParts();
}

/** Whether malformed events are looked for in what is judged now. */
export function watchesMalformed(): bool {
  return watched;
}

/** Compares the text with what it is in the request; `isJson`: whether it is an object or array of JSON. */
export function detectMalformedPart(at: usize, end: usize, isJson: bool): void {
  if (!watched) return;
  beginText(at, end);
  detectRequestPart(at, end);
  if (at < end) detectBody(at, end, isJson);
}

/** Looks for bytes that no text has. */
export function detectMalformedText(at: usize, end: usize, facts: i32): void {
  if (watched && facts & (Has.CONTROL | Has.HIGH) && isWaitedFor && isOfClient()) detectCharacters(at, end);
}
