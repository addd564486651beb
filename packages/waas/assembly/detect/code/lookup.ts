// Lookups of loggers, with all that hides their name: ${jndi:…}, ${${lower:j}ndi:…}, ${${::-j}…}, ${${env:X:-j}ndi…}.
import { byteAt, Is, is, lower } from '../../base/bytes';

const JNDI: u32 = 0x6a6e6469;

/** Whether the content of a `${` looks something up by `jndi:` once the lookups within are replaced by their defaults. */
export function isLookup(at: usize, end: usize): bool {
  let letters: u32 = 0;
  let nested = false;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (byte === 0x24 && byteAt(at + 1) === 0x7b) {
      nested = true;
      at = valueOfNested(at + 2, end) - 1;
    } else if (byte === 0x3a) {
      if (letters === JNDI) return true;
    } else if (is(byte, Is.LETTER)) letters = (letters << 8) | lower(byte);
    else if (byte !== 0x7d && !(nested && (byte === 0x2d || byte === 0x27))) return false;
  }
  return false;
}

/** Where the value begins of a nested lookup: behind `lower:`, `::-`, `env:NAME:-`, `date:'`. */
function valueOfNested(at: usize, end: usize): usize {
  let value = at;
  for (; at < end && byteAt(at) !== 0x7d && byteAt(at) !== 0x24; at++) {
    if (byteAt(at) !== 0x3a) continue;
    if (byteAt(at + 1) === 0x2d) return at + 2;
    value = at + 1;
  }
  return byteAt(value) === 0x27 ? value + 1 : value;
}
