// Batches of which some records are refused: the event without them, and the failures that the service is told of instead.
import { byteAt, Is, skip } from '../base/bytes';
import { beginText, put, putBytes, putWords, textEnd } from '../base/writer';
import { Field, fieldAt, fieldEnd, hasField } from './fields';
import { isRefused, recordCount, recordEnd, recordStart } from './records';
import { findList, skimRecord } from './skim';
import { Trigger } from './trigger';

/** A failure without its identifier. */
const FIXED: i32 = 64;
/** An identifier is no longer; a longer one is none of the service's. */
const LONGEST: usize = 256;

/** Whether the service lets single records fail. */
export function takesFailures(trigger: Trigger): bool {
  return (
    trigger === Trigger.SQS ||
    trigger === Trigger.KINESIS ||
    trigger === Trigger.DYNAMODB ||
    trigger === Trigger.FIREHOSE
  );
}

/** Writes the event without its refused records into newly reserved memory. Its end. */
export function writeCleanEvent(at: usize, end: usize): usize {
  beginText(<i32>(end - at));
  putBytes(at, recordStart(0));
  let kept = 0;
  for (let i = 0; i < recordCount(); i++) {
    if (isRefused(i)) continue;
    if (kept++ > 0) put(0x2c);
    putBytes(recordStart(i), recordEnd(i));
  }
  putBytes(recordEnd(recordCount() - 1), end);
  return textEnd();
}

/** Writes the failures of the refused records, between commas, without the array's brackets. Their end. */
export function writeFailures(trigger: Trigger, refused: i32, drops: bool): usize {
  beginText(refused * (FIXED + <i32>LONGEST));
  let written = 0;
  for (let i = 0; i < recordCount(); i++) {
    if (!isRefused(i)) continue;
    skimRecord(recordStart(i), recordEnd(i));
    const field = identifierOf();
    if (field === 0 || fieldEnd(field) - fieldAt(field) > LONGEST) continue;
    if (written++ > 0) put(0x2c);
    putFailure(trigger, drops, fieldAt(field), fieldEnd(field));
  }
  return textEnd();
}

function identifierOf(): i32 {
  if (hasField(Field.MESSAGE_ID)) return Field.MESSAGE_ID;
  if (hasField(Field.KINESIS_SEQUENCE)) return Field.KINESIS_SEQUENCE;
  if (hasField(Field.DYNAMODB_SEQUENCE)) return Field.DYNAMODB_SEQUENCE;
  return hasField(Field.FIREHOSE_RECORD) ? Field.FIREHOSE_RECORD : 0;
}

/** The identifier is copied as the event writes it, between quotes. */
function putFailure(trigger: Trigger, drops: bool, at: usize, end: usize): void {
  putWords(trigger === Trigger.FIREHOSE ? '{"recordId":"' : '{"itemIdentifier":"');
  putBytes(at, end);
  put(0x22);
  if (trigger === Trigger.FIREHOSE) putWords(drops ? ',"result":"Dropped"' : ',"result":"ProcessingFailed"');
  put(0x7d);
}

/**
 * Writes the function's response with the failures put into its list (`batchItemFailures`, Firehose's `records`); a
 * response that has none gets one. Its end.
 */
export function writeMergedResponse(at: usize, end: usize, failures: usize, failuresEnd: usize): usize {
  beginText(<i32>(end - at + (failuresEnd - failures)) + FIXED);
  const isFirehose = failuresEnd > failures && byteAt(failures + 2) === 0x72;
  const name = isFirehose ? 'records' : 'batchItemFailures';
  const list = findList(at, end, name);
  if (list) {
    putBytes(at, list);
    putBytes(failures, failuresEnd);
    const next = skip(list, end, Is.SPACE);
    if (byteAt(next) !== 0x5d) put(0x2c);
    putBytes(list, end);
    return textEnd();
  }
  putWords('{"');
  putWords(name);
  putWords('":[');
  putBytes(failures, failuresEnd);
  put(0x5d);
  put(0x7d);
  return textEnd();
}
