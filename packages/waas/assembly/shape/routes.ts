// Which of the rule's routes a request is for. As the frameworks do, it passes over empty segments and the case of letters.
import { byteAt, find, hexNumber, lower } from '../base/bytes';
import { mark, release } from '../base/memory';
import { firstRoute, methodOf, nextRoute, templateOf, textEnd } from './tables';
import { checkNamed, decode } from './texts';

/** The first route for the method and the path; 0 where there is none. The path as it came, without a query. */
export function findRoute(method: usize, methodEnd: usize, path: usize, pathEnd: usize): usize {
  for (let route = firstRoute(); route; route = nextRoute(route))
    if (isMethod(route, method, methodEnd) && followTemplate(route, path, pathEnd, 0)) return route;
  return 0;
}

/** The first route for the method whose template is exactly this; 0 where there is none. */
export function findRouteOf(method: usize, methodEnd: usize, at: usize, end: usize): usize {
  for (let route = firstRoute(); route; route = nextRoute(route)) {
    const template = templateOf(route) + 2;
    const length = textEnd(templateOf(route)) - template;
    if (
      length === end - at &&
      memory.compare(template, at, length) === 0 &&
      isMethod(route, method, methodEnd)
    )
      return route;
  }
  return 0;
}

/** Where in the path its last segments begin, as many as the route's template has. */
export function lastSegments(route: usize, at: usize, end: usize): usize {
  const template = templateOf(route) + 2;
  const templateEnd = textEnd(templateOf(route));
  let left = 0;
  for (let i = template; i < templateEnd; i++) if (byteAt(i) === 0x2f) left++;
  let start = end;
  while (start > at && left > 0) if (byteAt(--start) === 0x2f) left--;
  return start;
}

/** `GET` holds for `HEAD`, too: the same code answers both. */
function isMethod(route: usize, at: usize, end: usize): bool {
  const wanted = methodOf(route) + 2;
  const length = textEnd(methodOf(route)) - wanted;
  if (length === 0) return true;
  if (length === end - at && memory.compare(wanted, at, length) === 0) return true;
  return length === 3 && end - at === 4 && byteAt(wanted) === 0x47 && byteAt(at) === 0x48;
}

/** Checks what stands in the path where the route's template has names. */
export function checkPath(route: usize, frame: usize, path: usize, pathEnd: usize): void {
  followTemplate(route, path, pathEnd, frame);
}

/** Whether the path is what the template says; with a frame, its parameters are checked meanwhile. */
function followTemplate(route: usize, at: usize, end: usize, frame: usize): bool {
  let wanted = templateOf(route) + 2;
  const wantedEnd = textEnd(templateOf(route));
  while (true) {
    at = skipSlashes(at, end);
    wanted = skipSlashes(wanted, wantedEnd);
    if (wanted >= wantedEnd) return at >= end;
    if (at >= end) return false;
    const wantedStop = find(wanted, wantedEnd, 0x2f);
    const rest = byteAt(wantedStop - 2) === 0x2b && byteAt(wanted) === 0x7b;
    const stop = rest ? end : find(at, end, 0x2f);
    if (!followSegment(wanted, wantedStop, at, stop, frame)) return false;
    at = stop;
    wanted = wantedStop;
  }
}

function skipSlashes(at: usize, end: usize): usize {
  while (at < end && byteAt(at) === 0x2f) at++;
  return at;
}

function followSegment(wanted: usize, wantedEnd: usize, at: usize, end: usize, frame: usize): bool {
  if (byteAt(wanted) !== 0x7b) return isSame(wanted, wantedEnd, at, end);
  if (!frame) return true;
  const text = mark();
  const textEnd = decode(at, end, false);
  const nameEnd = byteAt(wantedEnd - 2) === 0x2b ? wantedEnd - 2 : wantedEnd - 1;
  checkNamed(frame, wanted + 1, nameEnd, text, textEnd);
  release(text);
  return true;
}

/** Whether the literal stands here, percent-encoded or not, whatever its case. */
function isSame(wanted: usize, wantedEnd: usize, at: usize, end: usize): bool {
  for (; wanted < wantedEnd && at < end; wanted++) {
    const escaped = byteAt(at) === 0x25 ? hexNumber(at + 1, end, 2) : -1;
    if (lower(byteAt(wanted)) !== lower(escaped >= 0 ? escaped : byteAt(at))) return false;
    at += escaped >= 0 ? 3 : 1;
  }
  return wanted === wantedEnd && at === end;
}
