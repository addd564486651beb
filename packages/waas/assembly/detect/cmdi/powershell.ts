// A static method of .NET, as PowerShell calls one: `[System.IO.File]::ReadAllText("x")`.
import { byteAt, Is, is, skip } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { Char } from './characters';

const LONGEST_TYPE: usize = 64;
const NAME: i32 = Is.LETTER | Is.DIGIT | Is.UNDERSCORE;

/** Judges the type that ends in the bracket at `close`. */
export function findType(start: usize, close: usize, end: usize): void {
  if (byteAt(close + 2) !== Char.COLON) return;
  const method = skip(close + 3, end, NAME);
  if (method === close + 3 || byteAt(method) !== Char.OPEN_PARENTHESIS) return;
  const limit = close - min(close - start, LONGEST_TYPE);
  let at = close;
  while (at > limit && (is(byteAt(at - 1), NAME) || byteAt(at - 1) === Char.DOT)) at--;
  if (at === start || byteAt(at - 1) !== Char.OPEN_BRACKET) return;
  if (shellWord(hashOf(at, skip(at, close, NAME))) & Shell.TYPE)
    report(Class.CMDI, 85, 'calls a method of .NET as PowerShell does', at - 1, method);
}
