import { byteAt, hexValue, Is, is } from '../base/bytes';
import { reserve } from '../base/memory';
import { storeCodePoint } from '../base/utf8';
import { hashOf } from '../base/words';
import { entitiesWord } from '../build/entities-words';

/** The end of the entity that was read last. */
let entityEnd: usize = 0;

/** The character that the entity at `at` (an ampersand) stands for, or -1. HTML lets the semicolon be left out. */
export function entityAt(at: usize, end: usize): i32 {
  return byteAt(at + 1) === 0x23 ? numberAt(at + 2, end) : nameAt(at + 1, end);
}

export function endOfEntity(): usize {
  return entityEnd;
}

function numberAt(at: usize, end: usize): i32 {
  const hex = (byteAt(at) | 0x20) === 0x78;
  if (hex) at++;
  const digits = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = hexValue(byteAt(at));
    if (digit < 0 || (!hex && digit > 9)) break;
    value = min(value * (hex ? 16 : 10) + digit, 0x110000);
  }
  entityEnd = at < end && byteAt(at) === 0x3b ? at + 1 : at;
  return at === digits || value > 0x10ffff ? -1 : value;
}

/** The named ones that attacks are written with: those for ASCII characters. */
function nameAt(at: usize, end: usize): i32 {
  const start = at;
  while (at < end && at < start + 20 && is(byteAt(at), Is.LETTER)) at++;
  const point = entitiesWord(hashOf(start, at));
  entityEnd = at < end && byteAt(at) === 0x3b ? at + 1 : at;
  return point === 0 ? -1 : point;
}

/**
 * Decodes HTML's entities; `inTags` only those within tags: what HTML shows as `&lt;` is no markup. The end of the text in newly
 * reserved memory, or 0 where there was none.
 */
export function decodeEntities(at: usize, end: usize, inTags: bool): usize {
  let to = reserve(<i32>(end - at) + 1);
  let found = false;
  let decodes = !inTags;
  while (at < end) {
    const byte = byteAt(at);
    if (inTags && (byte === 0x3c || byte === 0x3e)) decodes = byte === 0x3c;
    const point = decodes && byte === 0x26 ? entityAt(at, end) : -1;
    if (point < 0) {
      store<u8>(to++, byte);
      at++;
    } else {
      to = storeCodePoint(to, point);
      at = entityEnd;
      found = true;
    }
  }
  store<u8>(to, 0);
  return found ? to : 0;
}
