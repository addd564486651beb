// The body of a request: what it is by its looks, out of what the route takes.
import { byteAt } from '../base/bytes';
import { mark } from '../base/memory';
import { MOST_INFLATED } from '../budget';
import { decodeKnownBase64 } from '../decode/base64';
import { inflateGzip, looksLikeGzip } from '../decode/inflate';
import { Field, fieldAt, fieldEnd, hasField, isText, readField } from '../event/fields';
import { enterName, leaveTo, popStep, pushStep, Step, setPlace } from '../field';
import { looksLikeJson } from '../walk/json';
import { looksLikeMultipart } from '../walk/multipart';
import { checkJson } from './json';
import { closeRepeated, openMembers } from './members';
import { checkMultipart } from './multipart';
import { Body, bodyFlags, NONE, nodeFor, Place } from './tables';
import { tell } from './tell';
import { checkObject, checkPairs, Named } from './texts';

/** Checks the body that the event has, or lacks. */
export function checkBody(route: usize): void {
  const isAzure = hasField(Field.AZURE_REQUEST);
  const field = isAzure ? Field.AZURE_BODY : Field.BODY;
  enterName(isAzure ? 'Data.req.Body' : 'body');
  setPlace(fieldAt(field));
  if (isText(field)) checkTextField(route, field);
  else if (hasField(field) && byteAt(fieldAt(field)) !== 0x6e) checkParsed(route, field);
  else tellMissing(route, fieldAt(field));
  leaveTo(0);
}

function tellMissing(route: usize, at: usize): void {
  if (bodyFlags(route) & Body.REQUIRED) tell('is missing', at, at);
}

function checkTextField(route: usize, field: Field): void {
  let text = mark();
  let textEnd = readField(field);
  if (!textEnd) return;
  let steps = 0;
  if (hasField(Field.IS_BASE64) && byteAt(fieldAt(Field.IS_BASE64)) === 0x74 && pushStep(Step.BASE64)) {
    const encoded = text;
    text = mark();
    textEnd = decodeKnownBase64(encoded, textEnd);
    steps++;
  }
  if (textEnd > text && looksLikeGzip(text, textEnd) && pushStep(Step.GZIP)) {
    const packed = text;
    text = mark();
    textEnd = inflateGzip(packed, textEnd, MOST_INFLATED);
    steps++;
  }
  if (textEnd > text) checkRaw(route, text, textEnd);
  else tellMissing(route, text);
  for (; steps > 0; steps--) popStep();
}

function checkRaw(route: usize, at: usize, end: usize): void {
  const json = nodeFor(route, Place.JSON);
  const form = nodeFor(route, Place.FORM);
  const multipart = nodeFor(route, Place.MULTIPART);
  const braces = looksLikeJson(at, end);
  if (json !== NONE && braces) checkAs(Step.JSON, json, at, end);
  else if (multipart !== NONE && looksLikeMultipart(at, end)) checkAs(Step.MULTIPART, multipart, at, end);
  else if (bodyFlags(route) & Body.OTHER) return;
  else if (form !== NONE) checkAs(Step.FORM, form, at, end);
  else if (json !== NONE) checkAs(Step.JSON, json, at, end);
  else if (multipart !== NONE) tell('is not multipart/form-data, as is expected', at, end);
}

function checkAs(step: Step, node: i32, at: usize, end: usize): void {
  if (!pushStep(step)) return;
  if (step === Step.JSON) checkJson(node, at, end);
  else {
    const frame = openMembers(node);
    if (frame && step === Step.FORM) checkPairs(frame, at, end);
    else if (frame) checkMultipart(frame, at, end);
    if (frame) closeRepeated(frame, end);
  }
  popStep();
}

/** A framework may have parsed the body already: JSON, or the texts of a form. */
function checkParsed(route: usize, field: Field): void {
  const at = fieldAt(field);
  const end = fieldEnd(field);
  const json = nodeFor(route, Place.JSON);
  const form = nodeFor(route, Place.FORM);
  if (json !== NONE) checkJson(json, at, end);
  else if (form !== NONE && byteAt(at) === 0x7b) {
    const frame = openMembers(form);
    if (!frame) return;
    checkObject(frame, at, end, Named.PLAIN);
    closeRepeated(frame, end);
  }
}
