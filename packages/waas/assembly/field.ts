// Where in the event the judged text stands: the field's path, and the decodings that led to it.
import { byteAt, startsWith } from './base/bytes';

/** How a text was got out of another. The numbers are the engine's own; `stepName` gives the words. */
export enum Step {
  PERCENT,
  ENTITY,
  UNICODE,
  BASE64,
  JSON,
  FORM,
  MULTIPART,
  XML,
  GRAPHQL,
  UTF7,
  NULL,
  KEY,
  PLUS,
  WIDE,
  GZIP,
}

export function stepName(step: Step): string {
  switch (step) {
    case Step.PERCENT:
      return 'percent';
    case Step.ENTITY:
      return 'entity';
    case Step.UNICODE:
      return 'unicode';
    case Step.BASE64:
      return 'base64';
    case Step.JSON:
      return 'json';
    case Step.FORM:
      return 'form';
    case Step.MULTIPART:
      return 'multipart';
    case Step.XML:
      return 'xml';
    case Step.GRAPHQL:
      return 'graphql';
    case Step.UTF7:
      return 'utf-7';
    case Step.NULL:
      return 'null';
    case Step.KEY:
      return 'key';
    case Step.PLUS:
      return 'plus';
    case Step.WIDE:
      return 'wide';
    default:
      return 'gzip';
  }
}

export const MAX_STEPS: i32 = 8;
export const MAX_PATH: i32 = 256;

const steps: usize = memory.data(8);
const path: usize = memory.data(256);
let stepCount: i32 = 0;
let pathLength: i32 = 0;

/** Where in the event the value stands that is judged, or one that holds it. */
let place: usize = 0;

export function setPlace(at: usize): void {
  if (stepCount === 0) place = at;
}

export function currentPlace(): usize {
  return place;
}

/** Notes that what is judged next was decoded so. False when it was decoded too often already. */
export function pushStep(step: Step): bool {
  if (stepCount === MAX_STEPS) return false;
  store<u8>(steps + stepCount++, step);
  return true;
}

export function popStep(): void {
  stepCount--;
}

export function decodings(): i32 {
  return stepCount;
}

/** How the text was got out of the one around it, `index` decodings in. */
export function stepAt(index: i32): Step {
  return load<u8>(steps + index);
}

/** Where the path stands: hand it to `leaveTo` after the member was judged. */
export function pathMark(): i32 {
  return pathLength;
}

export function leaveTo(mark: i32): void {
  pathLength = mark;
}

function append(byte: i32): void {
  if (pathLength < MAX_PATH) store<u8>(path + pathLength++, byte);
}

/** Goes on to a member: `.name`. */
export function enterMember(at: usize, end: usize): void {
  if (pathLength > 0) append(0x2e);
  for (; at < end && pathLength < MAX_PATH; at++) append(byteAt(at));
}

/** Goes on to a member whose name the source says. */
export function enterName(name: string): void {
  if (pathLength > 0) append(0x2e);
  for (let i = 0; i < name.length; i++) append(name.charCodeAt(i));
}

/** Goes on to an element: `[index]`. */
export function enterElement(index: i32): void {
  append(0x5b);
  let divisor = 1;
  while (index / divisor >= 10) divisor *= 10;
  for (; divisor > 0; divisor /= 10) append(0x30 + ((index / divisor) % 10));
  append(0x5d);
}

export function currentPath(): usize {
  return path;
}

/** Copies path and steps to a verdict: `MAX_PATH` bytes to `pathTo`, `MAX_STEPS` to `stepsTo`. */
export function copyField(pathTo: usize, stepsTo: usize): void {
  memory.copy(pathTo, path, pathLength);
  memory.copy(stepsTo, steps, stepCount);
}

export function resetField(): void {
  stepCount = 0;
  pathLength = 0;
  place = 0;
}

/** Where the path's last member begins: `redirect` of `body.user.redirect`, and of `body.user.redirect[0]`. */
export function lastMember(): usize {
  let at = pathEnd();
  while (at > path && load<u8>(at - 1) !== 0x2e) at--;
  return at;
}

/** Where the last member's name ends: before the number of an element. */
export function pathEnd(): usize {
  let at = path + pathLength;
  while (at > path && load<u8>(at - 1) === 0x5d) {
    while (at > path && load<u8>(at - 1) !== 0x5b) at--;
    if (at > path) at--;
  }
  return at;
}

/** Whether the text that is judged, or one that it was decoded from, is a value of a form or a query string. */
export function isOfForm(): bool {
  for (let i = 0; i < stepCount; i++) if (stepAt(i) === Step.FORM) return true;
  return false;
}

/** Whether the path leads into the parsed query of an HTTP event: `queryStringParameters`, `multiValueQueryStringParameters`. */
export function isOfQuery(): bool {
  const end = path + pathLength;
  return startsWith(path, end, 'querystring') || startsWith(path, end, 'multivaluequery');
}

/** Whether the text that is judged is read in this way alone: taken out of its wrappings, then of JSON and forms. All such texts together have no more bytes than the event, at each of the few depths. */
export function isOnlyReading(): bool {
  let i = 0;
  while (i < stepCount && isWrapping(stepAt(i))) i++;
  for (; i < stepCount; i++) {
    const step = stepAt(i);
    if (step !== Step.JSON && step !== Step.FORM && step !== Step.KEY) return false;
  }
  return true;
}

function isWrapping(step: Step): bool {
  return step === Step.BASE64 || step === Step.GZIP || step === Step.MULTIPART;
}

/** Whether the text that is judged was got out of another in this way. */
export function isLastStep(step: Step): bool {
  return stepCount > 0 && stepAt(stepCount - 1) === step;
}

/** Whether the text that is judged is the name of a member. */
export function isKey(): bool {
  return isLastStep(Step.KEY);
}

/** Whether it is the name of a member, or what such a name is without its escapes. */
export function isKeyDecoded(): bool {
  let i = stepCount;
  while (i > 0 && isEscaping(stepAt(i - 1))) i--;
  return i > 0 && stepAt(i - 1) === Step.KEY;
}

function isEscaping(step: Step): bool {
  return step === Step.PERCENT || step === Step.ENTITY || step === Step.UNICODE || step === Step.NULL;
}
