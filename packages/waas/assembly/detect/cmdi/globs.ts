// Globs that stand for the path of a command or of a file that attackers read, as `/???/c?t` and `/etc/p*d` do.
import { byteAt, Is, is } from '../../base/bytes';
import { Char } from './characters';

export enum Known {
  NOTHING,
  COMMAND,
  SECRET,
}

/** A longer glob hides nothing: it is no longer than the path. */
const LONGEST: usize = 48;

const secrets: StaticArray<string> = [
  '/etc/passwd',
  '/etc/shadow',
  '/etc/hosts',
  '/etc/group',
  '/etc/issue',
  '/etc/sudoers',
  '/etc/crontab',
  '/proc/self/environ',
  '/proc/1/environ',
  '/root/.ssh/id_rsa',
  '/dev/tcp',
];

const commands: StaticArray<string> = [
  '/bin/cat',
  '/bin/sh',
  '/bin/bash',
  '/bin/ls',
  '/bin/id',
  '/bin/nc',
  '/bin/ps',
  '/bin/ping',
  '/bin/sleep',
  '/bin/uname',
  '/bin/netcat',
  '/bin/base64',
  '/usr/bin/id',
  '/usr/bin/nc',
  '/usr/bin/cat',
  '/usr/bin/env',
  '/usr/bin/curl',
  '/usr/bin/wget',
  '/usr/bin/head',
  '/usr/bin/tail',
  '/usr/bin/perl',
  '/usr/bin/bash',
  '/usr/bin/uname',
  '/usr/bin/whoami',
  '/usr/bin/python3',
  '/usr/bin/python',
  '/usr/bin/base64',
  '/usr/bin/ncat',
];

/** What the glob from `at` to `end` stands for. It must name something: two letters at least, or one and a `?` or `[`. */
export function resolveGlob(at: usize, end: usize): Known {
  if (end - at > LONGEST || !namesSomething(at, end)) return Known.NOTHING;
  for (let i = 0; i < secrets.length; i++) if (matches(at, end, secrets[i])) return Known.SECRET;
  for (let i = 0; i < commands.length; i++) if (matches(at, end, commands[i])) return Known.COMMAND;
  return Known.NOTHING;
}

function namesSomething(at: usize, end: usize): bool {
  let letters = 0;
  let singles = 0;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (is(byte, Is.LETTER)) letters++;
    else if (byte === Char.QUESTION || byte === Char.OPEN_BRACKET) singles++;
  }
  if (byteAt(end - 1) === Char.STAR && byteAt(end - 2) === Char.SLASH) return false;
  return letters > 3 || (letters > 0 && singles > 0);
}

/** Whether the glob matches the whole path; after a mismatch the last `*` takes one byte more. */
function matches(at: usize, end: usize, path: string): bool {
  let place = 0;
  let star: usize = 0;
  let starPlace = 0;
  while (place < path.length) {
    const byte = at < end ? byteAt(at) : -1;
    const wanted = path.charCodeAt(place);
    if (byte === Char.STAR) {
      star = ++at;
      starPlace = place;
      continue;
    }
    const next =
      byte === Char.OPEN_BRACKET
        ? afterSet(at, end, wanted)
        : byte === wanted || byte === Char.QUESTION
          ? at + 1
          : 0;
    if (next !== 0) {
      at = next;
      place++;
    } else if (star !== 0 && path.charCodeAt(starPlace) !== Char.SLASH) {
      at = star;
      place = ++starPlace;
    } else {
      return false;
    }
  }
  while (at < end && byteAt(at) === Char.STAR) at++;
  return at === end;
}

/** Behind the set `[…]` at `at` when it holds the character; 0 when it does not. */
function afterSet(at: usize, end: usize, wanted: i32): usize {
  at++;
  const negated = byteAt(at) === Char.EXCLAMATION || byteAt(at) === Char.CARET;
  if (negated) at++;
  let holds = false;
  for (; at < end && byteAt(at) !== Char.CLOSE_BRACKET; at++) {
    const from = byteAt(at);
    let to = from;
    if (byteAt(at + 1) === Char.DASH && byteAt(at + 2) !== Char.CLOSE_BRACKET) {
      at += 2;
      to = byteAt(at);
    }
    if (wanted >= from && wanted <= to) holds = true;
  }
  return at < end && holds !== negated ? at + 1 : 0;
}
