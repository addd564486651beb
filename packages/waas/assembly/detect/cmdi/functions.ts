// Functions of a POSIX shell: what bash once ran when it read its environment (`() { :;}; id`), and the one that starts
// itself twice until nothing is left (`f(){ f|f& };f`).
import { byteAt, Is, is } from '../../base/bytes';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { Char } from './characters';
import { isBlank, skipBlanks } from './command';
import { isSeparator } from './endings';

const LONGEST_NAME: usize = 32;
const LONGEST_BODY: usize = 16;

/** Judges the empty parentheses at `at`. */
export function findFunction(start: usize, at: usize, end: usize): void {
  const brace = skipBlanks(at + 2, end);
  if (byteAt(brace) !== Char.OPEN_BRACE) return;
  const body = skipBlanks(brace + 1, end);
  const name = beginOfName(start, at);
  if (name < at) findFork(name, at, body, end);
  else if (isIdle(body, end) || (body >= end && at === start))
    report(
      Class.CMDI,
      body < end ? 95 : 60,
      'defines a function in the way that bash once ran on import',
      at,
      end,
    );
}

function beginOfName(start: usize, at: usize): usize {
  const limit = at - min(at - start, LONGEST_NAME);
  while (
    at > limit &&
    !isBlank(byteAt(at - 1)) &&
    !isSeparator(byteAt(at - 1)) &&
    byteAt(at - 1) !== Char.EQUALS
  )
    at--;
  return at;
}

/** `:;`, `_;`, `0;`, `true;`: a body that does nothing. */
function isIdle(at: usize, end: usize): bool {
  const limit = min(end, at + LONGEST_BODY);
  while (at < limit && (is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byteAt(at) === Char.COLON))
    at++;
  at = skipBlanks(at, end);
  if (byteAt(at) !== Char.SEMICOLON) return false;
  at = skipBlanks(at + 1, end);
  return byteAt(at) === Char.CLOSE_BRACE || byteAt(at) === Char.SEMICOLON;
}

/** Whether the body begins with the function's own name, `|` or `&`, and the name again. */
function findFork(name: usize, nameEnd: usize, body: usize, end: usize): void {
  const length = nameEnd - name;
  let at = afterName(name, length, body, end);
  if (at === 0 || (byteAt(at) !== Char.PIPE && byteAt(at) !== Char.AMPERSAND)) return;
  at = afterName(name, length, skipBlanks(at + 1, end), end);
  if (at !== 0) report(Class.CMDI, 90, 'defines a function that starts itself twice', name, end);
}

/** Behind the name, its parentheses and blanks when they stand at `at`, or 0. */
function afterName(name: usize, length: usize, at: usize, end: usize): usize {
  if (end - at < length || memory.compare(name, at, length) !== 0) return 0;
  at += length;
  if (byteAt(at) === Char.OPEN_PARENTHESIS && byteAt(at + 1) === Char.CLOSE_PARENTHESIS) at += 2;
  return skipBlanks(at, end);
}
