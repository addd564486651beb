// Writes what was found as JSON, the form in which Node, the browser and the init's audits take it.
import { byteAt } from './base/bytes';
import { beginText, put, putNumber, putQuoted, putWords, QUOTED, textEnd } from './base/writer';
import { nameOf } from './classes';
import { sourceAddressAt, sourceAddressEnd, sourceIdentityAt, sourceIdentityEnd } from './event/source';
import { Trigger, triggerName } from './event/trigger';
import { MAX_PATH, stepName } from './field';
import { isSecretPath, putMasked } from './mask';
import { effectName } from './settings';
import {
  classOf,
  confidenceOf,
  effectIn,
  endOf,
  evidenceLengthOf,
  evidenceOf,
  MAX_EVIDENCE,
  pathLengthOf,
  pathOf,
  putReason,
  startOf,
  stepCountOf,
  stepsOf,
  verdictCount,
  verdictsLeftOut,
} from './verdicts';

/** A verdict without its texts, and an inspection without verdicts, each with room to spare. */
const FIXED: i32 = 1024;
const MAX_SOURCE: usize = 256;

function putEvidence(index: i32): void {
  if (isSecretPath(pathOf(index), pathOf(index) + pathLengthOf(index))) putWords('"***"');
  else putMasked(evidenceOf(index), evidenceOf(index) + evidenceLengthOf(index));
}

function putVerdict(index: i32): void {
  putWords('{"class":"');
  putWords(nameOf(classOf(index)));
  putWords('","effect":"');
  putWords(effectName(effectIn(index)));
  putWords('","confidence":');
  putNumber(confidenceOf(index));
  putWords(',"reason":"');
  putReason(index);
  putWords('","path":');
  putQuoted(pathOf(index), pathOf(index) + pathLengthOf(index));
  putWords(',"decoding":[');
  for (let i = 0; i < stepCountOf(index); i++) {
    if (i > 0) put(0x2c);
    put(0x22);
    putWords(stepName(byteAt(stepsOf(index) + i)));
    put(0x22);
  }
  putWords('],"evidence":{"start":');
  putNumber(startOf(index));
  putWords(',"end":');
  putNumber(endOf(index));
  putWords(',"text":');
  putEvidence(index);
  putWords('}}');
}

function putSource(name: string, at: usize, end: usize): void {
  if (at === end) return;
  putWords(',"');
  putWords(name);
  putWords('":');
  putQuoted(at, min(end, at + MAX_SOURCE));
}

/** Writes the last inspection into newly reserved memory: `{trigger, address?, identity?, verdicts, leftOut, incomplete}`. Its end. */
export function writeInspection(trigger: Trigger, incomplete: bool): usize {
  const longest = verdictCount() * (FIXED + QUOTED * (MAX_PATH + 2 * MAX_EVIDENCE)) + FIXED;
  beginText(longest + <i32>MAX_SOURCE * QUOTED * 2);
  putWords('{"trigger":"');
  putWords(triggerName(trigger));
  put(0x22);
  putSource('address', sourceAddressAt(), sourceAddressEnd());
  putSource('identity', sourceIdentityAt(), sourceIdentityEnd());
  putWords(',"verdicts":[');
  for (let i = 0; i < verdictCount(); i++) {
    if (i > 0) put(0x2c);
    putVerdict(i);
  }
  putWords('],"leftOut":');
  putNumber(verdictsLeftOut());
  putWords(',"incomplete":');
  putWords(incomplete ? 'true' : 'false');
  put(0x7d);
  return textEnd();
}
