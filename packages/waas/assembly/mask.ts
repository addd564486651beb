// Keeps secrets out of what is told of an event: the value behind each name of a secret becomes ***.
import { byteAt, Is, is, lower, startsWith } from './base/bytes';
import { put, putEscaped, putWords } from './base/writer';

/** How the value shows: behind `=` or `:`, as one word or as the rest of a line, or behind a space. */
enum Form {
  WORD,
  LINE,
  SPACED,
}

const names: StaticArray<string> = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'private_key',
  'secret',
  'session_id',
  'session-id',
  'sessionid',
  'token',
  'api_key',
  'api-key',
  'apikey',
  'access_key',
  'accesskey',
  'authorization',
  'credential',
  'cookie',
  'bearer',
];

/** Their first letters, a bit each: most bytes begin none of them. */
let firsts: u32 = 0;
for (let i = 0; i < names.length; i++) firsts |= 1 << (names[i].charCodeAt(0) & 31);

const SIGNS = ' \t"\'\\]>=:';
const WORD_ENDS = ' "\'&;,<>)}\\';
const LINE_ENDS = '"\\';

function isOneOf(byte: i32, set: string): bool {
  for (let i = 0; i < set.length; i++) if (set.charCodeAt(i) === byte) return true;
  return false;
}

/** The name of a secret that the text at `at` begins with; empty where it is none. */
function nameAt(at: usize, end: usize): string {
  const first = lower(byteAt(at));
  if (!((firsts >>> (first & 31)) & 1)) return '';
  for (let i = 0; i < names.length; i++)
    if (names[i].charCodeAt(0) === first && startsWith(at, end, names[i])) return names[i];
  return '';
}

function formOf(name: string): Form {
  if (name === 'bearer') return Form.SPACED;
  return name === 'authorization' || name === 'cookie' ? Form.LINE : Form.WORD;
}

/** Where the value begins, behind the rest of the name and the sign that a value follows; 0 where none does. */
function valueAt(at: usize, end: usize, form: Form): usize {
  while (at < end && (is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byteAt(at) === 0x2d)) at++;
  let hasSign = false;
  for (; at < end && isOneOf(byteAt(at), SIGNS); at++) {
    const byte = byteAt(at);
    if (byte === 0x3d || byte === 0x3a || (byte === 0x20 && form === Form.SPACED)) hasSign = true;
  }
  return hasSign ? at : 0;
}

function valueEnd(at: usize, end: usize, form: Form): usize {
  const ends = form === Form.LINE ? LINE_ENDS : WORD_ENDS;
  while (at < end && !is(byteAt(at), Is.CONTROL) && !isOneOf(byteAt(at), ends)) at++;
  return at;
}

/** Whether the name of a field says that its value is secret. Of cookies it does not: they are where attacks come in. */
export function isSecretPath(at: usize, end: usize): bool {
  for (; at < end; at++) {
    const name = nameAt(at, end);
    if (name.length > 0 && name !== 'cookie') return true;
  }
  return false;
}

/** Writes a text as a JSON string in which secrets are masked: at most twice as long, for a name and its value take four bytes. */
export function putMasked(at: usize, end: usize): void {
  let start = at;
  put(0x22);
  while (at < end) {
    const name = nameAt(at, end);
    const form = formOf(name);
    const value = name.length > 0 ? valueAt(at + name.length, end, form) : 0;
    const next = value ? valueEnd(value, end, form) : 0;
    if (next === value) {
      at++;
      continue;
    }
    putEscaped(start, value);
    putWords('***');
    start = next;
    at = next;
  }
  putEscaped(start, end);
  put(0x22);
}
