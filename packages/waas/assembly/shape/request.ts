// Checks the HTTP request that an event brings against the rule's route for it.
import { byteAt, find, Is, skip } from '../base/bytes';
import { mark, release } from '../base/memory';
import { Class } from '../classes';
import { Field, fieldAt, fieldEnd, hasField, isObject, isText, readField } from '../event/fields';
import { Trigger } from '../event/trigger';
import { enterName, leaveTo, setPlace } from '../field';
import { isOn } from '../settings';
import { endOfString, readString } from '../walk/json-string';
import { checkBody } from './body';
import { closeRepeated, openMembers } from './members';
import { checkPath, findRoute, findRouteOf, lastSegments } from './routes';
import { firstRoute, NONE, nodeFor, Place } from './tables';
import { beginTelling } from './tell';
import { checkCookies, checkObject, checkPairs, Named } from './texts';

/** Checks the event that was skimmed; one that no route is for is not checked. A body that `isCut` can't be known to fit or not. */
export function checkRequest(trigger: Trigger, isCut: bool): void {
  if (!isOn(Class.SHAPE) || !firstRoute()) return;
  const before = mark();
  beginTelling();
  const route = routeOfEvent();
  if (route) {
    checkParameters(route);
    checkQuery(route, trigger);
    checkHeaders(route);
    checkCookieHeader(route);
    if (!isCut) checkBody(route);
  }
  release(before);
}

let pathAt: usize = 0;
let pathTo: usize = 0;

function routeOfEvent(): usize {
  const method = mark();
  const methodEnd = readField(methodField());
  if (!methodEnd || !readPath()) return 0;
  const route = findRoute(method, methodEnd, pathAt, pathTo);
  return route ? route : routeByGateway(method, methodEnd);
}

function methodField(): Field {
  if (hasField(Field.HTTP_API_METHOD)) return Field.HTTP_API_METHOD;
  return hasField(Field.HTTP_METHOD) ? Field.HTTP_METHOD : Field.AZURE_METHOD;
}

/** Reads the path into memory that stays reserved. False where the event has none. */
function readPath(): bool {
  pathAt = mark();
  pathTo = readField(
    hasField(Field.RAW_PATH) ? Field.RAW_PATH : hasField(Field.PATH) ? Field.PATH : Field.AZURE_URL,
  );
  if (!pathTo) return false;
  if (byteAt(pathAt) !== 0x2f) {
    // An address: the path is behind scheme and host.
    pathAt = find(pathAt, pathTo, 0x2f) + 2;
    pathAt = find(min(pathAt, pathTo), pathTo, 0x2f);
  }
  pathTo = find(pathAt, pathTo, 0x3f);
  return true;
}

/** The gateway may put its stage before the path, or a domain's base path: the route's path is what is left without. */
function routeByGateway(method: usize, methodEnd: usize): usize {
  const stage = mark();
  const stageEnd = readField(Field.STAGE);
  if (stageEnd && startsWithSegment(stage, stageEnd)) {
    const route = findRoute(method, methodEnd, pathAt + 1 + (stageEnd - stage), pathTo);
    if (route) {
      pathAt += 1 + (stageEnd - stage);
      return route;
    }
  }
  const resource = mark();
  const resourceEnd = readField(hasField(Field.RESOURCE) ? Field.RESOURCE : Field.ROUTE_KEY);
  if (!resourceEnd) return 0;
  const route = findRouteOf(method, methodEnd, find(resource, resourceEnd, 0x2f), resourceEnd);
  if (route) pathAt = lastSegments(route, pathAt, pathTo);
  return route;
}

function startsWithSegment(at: usize, end: usize): bool {
  const length = end - at;
  if (pathTo - pathAt < length + 1 || memory.compare(pathAt + 1, at, length) !== 0) return false;
  return pathTo - pathAt === length + 1 || byteAt(pathAt + 1 + length) === 0x2f;
}

/** The frame for a place of the request; 0 where the route says nothing of it. */
function open(route: usize, place: Place): usize {
  const node = nodeFor(route, place);
  return node === NONE ? 0 : openMembers(node);
}

function checkParameters(route: usize): void {
  const frame = open(route, Place.PATH);
  if (!frame) return;
  enterName('pathParameters');
  checkPath(route, frame, pathAt, pathTo);
  leaveTo(0);
}

/** Checks the first of the fields that is an object; their names are in the event's words. */
function checkQuery(route: usize, trigger: Trigger): void {
  const frame = open(route, Place.QUERY);
  if (!frame) return;
  // Load balancers leave the encoding to the function.
  const named = trigger === Trigger.ALB ? Named.ENCODED : Named.PLAIN;
  if (isText(Field.RAW_QUERY)) {
    enterName('rawQueryString');
    setPlace(fieldAt(Field.RAW_QUERY));
    const query = mark();
    checkPairs(frame, query, readField(Field.RAW_QUERY));
  } else if (isObject(Field.QUERY_VALUES))
    checkField(frame, Field.QUERY_VALUES, 'multiValueQueryStringParameters', named);
  else if (isObject(Field.AZURE_QUERY)) checkField(frame, Field.AZURE_QUERY, 'Data.req.Query', named);
  else checkField(frame, Field.QUERY, 'queryStringParameters', named);
  closeRepeated(frame, fieldAt(Field.QUERY));
  leaveTo(0);
}

function checkHeaders(route: usize): void {
  const frame = open(route, Place.HEADER);
  if (!frame) return;
  if (isObject(Field.HEADER_VALUES))
    checkField(frame, Field.HEADER_VALUES, 'multiValueHeaders', Named.HEADERS);
  else if (isObject(Field.AZURE_HEADERS))
    checkField(frame, Field.AZURE_HEADERS, 'Data.req.Headers', Named.HEADERS);
  else checkField(frame, Field.HEADERS, 'headers', Named.HEADERS);
  closeRepeated(frame, fieldAt(Field.HEADERS));
  leaveTo(0);
}

/** Enters the field and checks it, if the event has it. */
function checkField(frame: usize, field: Field, name: string, named: Named): void {
  enterName(name);
  if (!isObject(field)) return;
  setPlace(fieldAt(field));
  checkObject(frame, fieldAt(field), fieldEnd(field), named);
}

function checkCookieHeader(route: usize): void {
  const frame = open(route, Place.COOKIE);
  if (!frame) return;
  if (hasField(Field.COOKIES)) checkCookieField(frame, Field.COOKIES, 'cookies');
  else if (hasField(Field.COOKIE_VALUES))
    checkCookieField(frame, Field.COOKIE_VALUES, 'multiValueHeaders.cookie');
  else if (hasField(Field.AZURE_COOKIES))
    checkCookieField(frame, Field.AZURE_COOKIES, 'Data.req.Headers.cookie');
  else checkCookieField(frame, Field.COOKIE, 'headers.cookie');
  closeRepeated(frame, fieldAt(Field.HEADERS));
  leaveTo(0);
}

/** Enters the field, a text or a list of texts, and checks the cookies in it. */
function checkCookieField(frame: usize, field: Field, name: string): void {
  enterName(name);
  if (!hasField(field)) return;
  setPlace(fieldAt(field));
  const end = fieldEnd(field) + 1;
  let at = isText(field) ? fieldAt(field) - 1 : skip(fieldAt(field) + 1, end, Is.SPACE);
  while (byteAt(at) === 0x22) {
    const cookies = mark();
    const cookiesEnd = readString(at, end);
    if (!cookiesEnd) return;
    checkCookies(frame, cookies, cookiesEnd);
    release(cookies);
    at = skip(endOfString(), end, Is.SPACE);
    if (byteAt(at) !== 0x2c) return;
    at = skip(at + 1, end, Is.SPACE);
  }
}
