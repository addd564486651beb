// Reads one word of a command line. The same lexer serves the POSIX shell, cmd.exe and PowerShell: a value does not say
// which of them will run it.
import { byteAt, Is, is } from '../../base/bytes';
import { Char } from './characters';
import { readBraces, readDollar, readEquals, readPercent } from './expansions';
import { readBackslash, readQuoted } from './quotes';
import { add, beginWord, endFolder, endWord, folders, letters, show, Word } from './word';

/** A word is read no further than this. */
const LONGEST: usize = 512;

/** Where the word read last ends. */
export let wordEnd: usize = 0;

/** What a byte does in a word. */
enum Does {
  PART,
  END,
  SPECIAL,
}

const does: usize = memory.data(256);

function put(bytes: string, what: Does): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(does + bytes.charCodeAt(i), what);
}

put('\0\t\n\v\f\r +;&|(){}', Does.END);
put('\'"\\^$/?*[]%=`<>', Does.SPECIAL);

/** Reads the word that begins at `start`; it may be empty. */
export function readWord(start: usize, end: usize): void {
  const limit = min(end, start + LONGEST);
  let at = start;
  beginWord(byteAt(at));
  while (at < limit) {
    const byte = byteAt(at);
    const what: Does = load<u8>(does + byte);
    if (what === Does.PART) {
      add(byte);
      at++;
    } else if (what === Does.SPECIAL) {
      const next = readSpecial(byte, at, start, limit);
      if (next === 0) break;
      at = next;
    } else {
      if (byte === Char.OPEN_BRACE && at === start) at = readBraces(at, limit);
      break;
    }
  }
  wordEnd = at;
  endWord(start, at);
}

/** A byte that means something to a shell. Where reading goes on, or 0 when the word ends before it. */
function readSpecial(byte: i32, at: usize, start: usize, end: usize): usize {
  const next = byteAt(at + 1);
  switch (byte) {
    case Char.SINGLE_QUOTE:
    case Char.DOUBLE_QUOTE:
      return readQuoted(at, start, end);
    case Char.BACKSLASH:
      return readBackslash(at, start);
    case Char.DOLLAR:
      return readDollar(at, end);
    case Char.PERCENT:
      return readPercent(at, end);
    case Char.EQUALS:
      return readEquals(at, start);
    case Char.SLASH:
      return readSlash(at, start);
    case Char.CARET:
      if (!is(next, Is.LETTER | Is.DIGIT)) return 0;
      show(Word.BROKEN);
      return at + 1;
    case Char.BACKTICK:
      if (next !== Char.BACKTICK) {
        if (letters > 0 && is(next, Is.LETTER | Is.DIGIT)) show(Word.SUBSTITUTION);
        return 0;
      }
      show(Word.BROKEN);
      return at + 2;
    case Char.LESS:
    case Char.GREATER:
      if (next !== Char.OPEN_PARENTHESIS || byteAt(at + 2) !== Char.CLOSE_PARENTHESIS) return 0;
      show(Word.BROKEN);
      return at + 3;
    default:
      show(Word.GLOB);
      add(byte);
      return at + 1;
  }
}

/** A folder ends; the first slash says what kind of path it is. */
function readSlash(at: usize, start: usize): usize {
  if (at === start) {
    show(Word.ABSOLUTE);
  } else if (folders === 0) {
    const first = byteAt(start);
    const before = byteAt(at - 1);
    if (first === Char.AT && at === start + 1) show(Word.ABSOLUTE);
    else if (before === Char.COLON && byteAt(at + 1) === Char.SLASH) show(Word.URL);
    else if (before === Char.COLON && at === start + 2) show(Word.WINDOWS_PATH);
    else if ((first === Char.DOT && at <= start + 2) || (first === Char.TILDE && at === start + 1))
      show(Word.RELATIVE);
  }
  endFolder();
  return at + 1;
}
