// Local file inclusion: a value that is a path and leads where no user of the function should get.
import { byteAt, find, Is, is, skip, startsWith } from '../../base/bytes';
import { Has } from '../../base/facts';
import { hashOf } from '../../base/words';
import { Paths, pathsWord } from '../../build/paths-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import {
  endsWithExtension,
  isOfSystem,
  isSensitive,
  leadsOut,
  oddDotCount,
  readSegments,
  separatorAt,
  separatorCount,
  setsOfExtension,
  setsOfFirst,
  setsOfSecond,
  upCount,
} from './segments';

/** What text has and paths don't; a path with spaces is still seen by its traversal. */
const PROSE: i32 =
  Has.NEWLINE |
  Has.SINGLE_QUOTE |
  Has.DOUBLE_QUOTE |
  Has.BACKTICK |
  Has.LESS |
  Has.GREATER |
  Has.PARENTHESIS |
  Has.PIPE |
  Has.BRACE;

export function detectLfi(at: usize, end: usize, facts: i32): void {
  if (facts & PROSE) return;
  if (facts & Has.COLON && detectWrapper(at, end)) return;
  const mayBePath =
    facts & (Has.SLASH | Has.BACKSLASH) ||
    (facts & Has.DIGIT && (facts & Has.DOT || startsWith(at, end, '0x2e')));
  if (!mayBePath) return;
  const start = skip(at, end, Is.SPACE);
  readSegments(start, end);
  if (separatorCount() === 0) return;
  if (upCount() > 0) detectTraversal(start, end, facts);
  else if (oddDotCount() > 2)
    report(Class.LFI, 80, 'is a path of dots that only programs which guess write', start, end);
  else if (!(facts & Has.SPACE)) detectAbsolute(start, end, facts);
}

function detectTraversal(at: usize, end: usize, facts: i32): void {
  const isOneWord = !(facts & Has.SPACE);
  if (isSensitive()) {
    if (isOneWord || leadsOut())
      report(Class.LFI, 95, 'leads up and to a file that attackers are after', at, end);
  } else if (leadsOut() && upCount() > 1) {
    if (isOneWord || beginsUpwards(at, end))
      report(Class.LFI, 90, 'leads out of its folder, more than one level up', at, end);
  } else if (leadsOut() && isOneWord) report(Class.LFI, 65, 'leads out of its folder', at, end);
}

/** Whether dots or a separator come first. */
function beginsUpwards(at: usize, end: usize): bool {
  return byteAt(at) === 0x2e || separatorAt(at, end) > 0;
}

function detectAbsolute(at: usize, end: usize, facts: i32): void {
  const first = setsOfFirst();
  if (byteAt(at) === 0x5c && byteAt(at + 1) === 0x5c) {
    detectShare(at, end);
    return;
  }
  if (is(byteAt(at), Is.LETTER) && byteAt(at + 1) === 0x3a && separatorAt(at + 2, end) > 0) {
    if (isSensitive() || isConfiguration(false))
      report(Class.LFI, 80, "is a path of Windows to the system's own files", at, end);
    return;
  }
  if (separatorAt(at, end) === 0) {
    if (isSensitive() && beginsWithHome(at))
      report(Class.LFI, 75, 'is a path to a file that attackers are after', at, end);
    else if (isSensitive() && first & (Paths.FOLDER | Paths.COMMON_FOLDER))
      report(Class.LFI, 70, 'is a path to a file that attackers are after', at, end);
    return;
  }
  if (isOfSystem()) report(Class.LFI, 85, "is an absolute path to the system's own files", at, end);
  else if (isSensitive())
    report(Class.LFI, 80, 'is an absolute path to a file that attackers are after', at, end);
  else if (
    (first & Paths.TREE && (setsOfSecond() & Paths.LOG || isConfiguration(separatorCount() > 2))) ||
    (first & Paths.HOME && separatorCount() > 3 && isConfiguration(false))
  )
    report(Class.LFI, 75, 'is an absolute path to a configuration or a log', at, end);
  else if (facts & Has.CONTROL && hasZero(at, end))
    report(Class.LFI, 75, 'is a path with a zero byte, which cuts it', at, end);
}

/** `~/`, `$HOME/`, `%SYSTEMROOT%`: what a shell or the system puts a folder for. */
function beginsWithHome(at: usize): bool {
  const first = byteAt(at);
  return first === 0x7e || first === 0x24 || first === 0x25;
}

/** Whether the last name has the extension of a configuration or a log, or is one itself. */
function isConfiguration(itself: bool): bool {
  return (itself || endsWithExtension()) && (setsOfExtension() & (Paths.CONFIGURATION | Paths.LOG)) !== 0;
}

function hasZero(at: usize, end: usize): bool {
  return find(at, end, 0) < end;
}

/** `\\host\share`: opening it sends the function's credentials to whoever answers there. */
function detectShare(at: usize, end: usize): void {
  let host = at + 2;
  while (
    host < end &&
    (is(byteAt(host), Is.LETTER | Is.DIGIT) ||
      byteAt(host) === 0x2e ||
      byteAt(host) === 0x2d ||
      byteAt(host) === 0x3f)
  )
    host++;
  if (host > at + 2 && host + 1 < end && byteAt(host) === 0x5c && is(byteAt(host + 1), Is.LETTER | Is.DIGIT))
    report(Class.LFI, 70, 'is a path to a share of another host', at, end);
}

/** `php://filter/…`, `jar:file:///x.jar!/y`: schemes that make an open of a file read something else. */
function detectWrapper(at: usize, end: usize): bool {
  const start = skip(at, end, Is.SPACE);
  let colon = start;
  while (
    colon < end &&
    (is(byteAt(colon), Is.LETTER | Is.DIGIT | Is.UNDERSCORE) ||
      byteAt(colon) === 0x2e ||
      byteAt(colon) === 0x2d)
  )
    colon++;
  if (colon === start || colon >= end || byteAt(colon) !== 0x3a) return false;
  if (!(pathsWord(hashOf(start, colon)) & Paths.WRAPPER)) return false;
  if (byteAt(colon + 1) !== 0x2f) return detectWrapper(colon + 1, end);
  report(Class.LFI, 85, 'is opened by a scheme that reads other than plain files', start, end);
  return true;
}
