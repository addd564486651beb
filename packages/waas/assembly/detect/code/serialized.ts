// Serialised objects, which run code when they are read: told by how their formats begin.
import { byteAt, Is, is, startsExactly, startsWith } from '../../base/bytes';

/** Whether the text begins as one, binary or in base64. */
export function isSerialized(at: usize, end: usize): bool {
  if (end - at < 4) return false;
  switch (byteAt(at)) {
    case 0xac: // Java
      return byteAt(at + 1) === 0xed && byteAt(at + 2) === 0;
    case 0xc2: // the same, after a conversion from Latin-1
      return byteAt(at + 1) === 0xac && byteAt(at + 2) === 0xc3 && byteAt(at + 3) === 0xad;
    case 0x72: // rO0AB…: Java
      return startsExactly(at, end, 'rO0AB');
    case 0x41: // AAEAAAD/////: .NET's BinaryFormatter
      return startsExactly(at, end, 'AAEAAAD/////');
    case 0x67: // gASV…: pickle, protocols 4 and 5
      return (
        startsExactly(at, end, 'gASV') ||
        startsExactly(at, end, 'gAWV') ||
        startsExactly(at, end, 'gAJj') ||
        startsExactly(at, end, 'gAN')
      );
    case 0x80: // the same, binary
      return byteAt(at + 1) >= 2 && byteAt(at + 1) <= 5 && end - at > 4;
    case 0x42: // BAhv…, BAhbv: Ruby's Marshal
      return (
        startsExactly(at, end, 'BAhv') || startsExactly(at, end, 'BAhVO') || startsExactly(at, end, 'BAhJ')
      );
    case 0x63: // c__builtin__\neval\n(: pickle, protocol 0
    case 0x28:
      return isTextPickle(at, end);
    case 0x4f: // O:8:"stdClass": PHP
    case 0x43:
      return isPhpObject(at, end);
    case 0x61:
      return byteAt(at + 1) === 0x3a && holdsPhpObject(at, end);
    default:
      return false;
  }
}

/** Marks that give a format away wherever they stand. */
export function holdsSerializedMark(at: usize, end: usize): bool {
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (byte === 0x5f && startsExactly(at, end, '_$$ND_FUNC$$_')) return true;
    if (
      byte === 0x21 &&
      (startsExactly(at, end, '!!python/') ||
        startsExactly(at, end, '!ruby/') ||
        startsExactly(at, end, '!!javax.') ||
        startsExactly(at, end, '!!com.sun.') ||
        startsExactly(at, end, '!!java.'))
    )
      return true;
  }
  return false;
}

/** `cos\nsystem\n(`: a global by module and name, then what it is called with. */
function isTextPickle(at: usize, end: usize): bool {
  if (byteAt(at) === 0x28) at++;
  if (byteAt(at) !== 0x63) return false;
  for (let line = 0; line < 2; line++) {
    const start = ++at;
    while (at < end && (is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byteAt(at) === 0x2e)) at++;
    if (at === start || byteAt(at) !== 0x0a) return false;
  }
  at++;
  return byteAt(at) === 0x28 || byteAt(at) === 0x70 || byteAt(at) === 0x53;
}

/** `O:8:"Name":1:{` */
function isPhpObject(at: usize, end: usize): bool {
  if (byteAt(at + 1) !== 0x3a) return false;
  at += 2;
  if (byteAt(at) === 0x2b) at++;
  const digits = at;
  while (at < end && is(byteAt(at), Is.DIGIT)) at++;
  return at > digits && startsWith(at, end, ':"');
}

/** An array that holds one. */
function holdsPhpObject(at: usize, end: usize): bool {
  for (at++; at < end; at++)
    if (
      (byteAt(at) === 0x4f || byteAt(at) === 0x43) &&
      (byteAt(at - 1) === 0x3b || byteAt(at - 1) === 0x7b) &&
      isPhpObject(at, end)
    )
      return true;
  return false;
}
