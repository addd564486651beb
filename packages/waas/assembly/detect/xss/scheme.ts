// Addresses that run script: `javascript:…`, written in all the ways that browsers forgive.
import { byteAt, Is, is, lower, startsWith } from '../../base/bytes';
import { hashByte, hashWord, NO_BYTES } from '../../base/words';
import { Html, htmlWord } from '../../build/html-words';
import { endOfEntity, entityAt } from '../../decode/entities';

/** The next character, its entity decoded; `nextAt` is behind it. */
let nextAt: usize = 0;

function characterAt(at: usize, end: usize): i32 {
  const byte = byteAt(at);
  nextAt = at + 1;
  if (byte !== 0x26) return byte;
  const point = entityAt(at, end);
  if (point < 0) return byte;
  nextAt = endOfEntity();
  return point;
}

/** Browsers skip these within a scheme, and control characters before it. */
function isSkipped(point: i32): bool {
  return point <= 0x20 || point === 0x7f || point === 0x00ad || point === 0x200b || point === 0x5c;
}

/** Where the content of a scheme begins that runs script; 0 where the text from `at` has none. */
export function scriptAt(at: usize, end: usize): usize {
  let hash = NO_BYTES;
  let letters = 0;
  while (at < end && letters < 24) {
    const point = characterAt(at, end);
    at = nextAt;
    if (isSkipped(point)) continue;
    if (point === 0x3a) {
      const sets = htmlWord(hash);
      if (sets & Html.SCRIPT_SCHEME) return at;
      if (letters === 4 && hash === FEED) {
        hash = NO_BYTES;
        letters = 0;
        continue;
      }
      return letters === 4 && hash === DATA && isActiveData(at, end) ? at : 0;
    }
    if (point > 0x7f || !is(point, Is.LETTER)) return 0;
    hash = hashByte(hash, lower(point));
    letters++;
  }
  return 0;
}

const FEED: u32 = hashWord('feed');
const DATA: u32 = hashWord('data');

/** An image that may hold script, which runs where a frame or an object shows it, and not where an image does. */
export function isImageDocument(at: usize, end: usize): bool {
  return startsWith(at, end, 'data:image/svg');
}

/** Media types that a browser renders as a document of its own, or runs. */
function isActiveData(at: usize, end: usize): bool {
  while (at < end && is(byteAt(at), Is.SPACE)) at++;
  if (byteAt(at) === 0x2c || byteAt(at) === 0x3b) return true;
  return (
    startsWith(at, end, 'text/html') ||
    startsWith(at, end, 'text/xml') ||
    startsWith(at, end, 'text/j') ||
    startsWith(at, end, 'text/vbs') ||
    startsWith(at, end, 'application/x') ||
    startsWith(at, end, 'application/j')
  );
}
