// Writes the verdicts as JSON, the form in which Node, the browser and the init's audits take them.
import { byteAt } from './base/bytes';
import { reserve } from './base/memory';
import { nameOf } from './classes';
import { MAX_PATH, stepName } from './field';
import {
  classOf,
  confidenceOf,
  endOf,
  evidenceLengthOf,
  evidenceOf,
  MAX_EVIDENCE,
  pathLengthOf,
  pathOf,
  reasonOf,
  startOf,
  stepCountOf,
  stepsOf,
  verdictCount,
} from './verdicts';

/** An escaped byte takes up to six. */
const LONGEST: i32 = 6 * (MAX_PATH + MAX_EVIDENCE) + 600;

let to: usize = 0;

function put(byte: i32): void {
  store<u8>(to++, byte);
}

function putWords(text: string): void {
  for (let i = 0; i < text.length; i++) put(text.charCodeAt(i));
}

function putNumber(value: i32): void {
  if (value >= 10) putNumber(value / 10);
  put(0x30 + (value % 10));
}

const HEX = '0123456789abcdef';

/** The text as a JSON string. Bytes that are no UTF-8 become U+FFFD. */
function putText(at: usize, length: i32): void {
  put(0x22);
  const end = at + length;
  while (at < end) {
    const byte = byteAt(at);
    if (byte >= 0x80) {
      const size = sequenceAt(at, end);
      if (size === 0) {
        putWords('\\ufffd');
        at++;
        continue;
      }
      memory.copy(to, at, size);
      to += size;
      at += size;
      continue;
    }
    if (byte < 0x20 || byte === 0x7f) {
      putWords('\\u00');
      put(HEX.charCodeAt(byte >> 4));
      put(HEX.charCodeAt(byte & 15));
    } else {
      if (byte === 0x22 || byte === 0x5c) put(0x5c);
      put(byte);
    }
    at++;
  }
  put(0x22);
}

/** The length of the valid UTF-8 sequence at `at` (RFC 3629), or 0. */
function sequenceAt(at: usize, end: usize): i32 {
  const first = byteAt(at);
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + size > end) return 0;
  for (let i = 1; i < size; i++) if ((byteAt(at + i) & 0xc0) !== 0x80) return 0;
  const second = byteAt(at + 1);
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return size;
}

function putVerdict(index: i32): void {
  putWords('{"class":"');
  putWords(nameOf(classOf(index)));
  putWords('","confidence":');
  putNumber(confidenceOf(index));
  putWords(',"reason":"');
  putWords(reasonOf(index));
  putWords('","path":');
  putText(pathOf(index), pathLengthOf(index));
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
  putText(evidenceOf(index), evidenceLengthOf(index));
  putWords('}}');
}

/** Writes all verdicts as a JSON array into newly reserved memory. Its end. */
export function writeVerdicts(): usize {
  to = reserve(verdictCount() * LONGEST + 2);
  put(0x5b);
  for (let i = 0; i < verdictCount(); i++) {
    if (i > 0) put(0x2c);
    putVerdict(i);
  }
  put(0x5d);
  return to;
}
