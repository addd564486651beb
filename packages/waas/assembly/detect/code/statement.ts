// Statements of programs: a call of what runs things, alone or behind what ends the statement before it.
import { resetBlanks, skipBlanks } from '../../base/blanks';
import { byteAt, Is, is, isOfName, lower, skip } from '../../base/bytes';
import { hashByte, hashOf, hashWord, NO_BYTES } from '../../base/words';
import { Code, codeWord } from '../../build/code-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';

/** What may end the statement or string that the value stands in. */
function isBreak(byte: i32): bool {
  switch (byte) {
    case 0x22:
    case 0x27:
    case 0x3b:
    case 0x29:
    case 0x7d:
    case 0x5d:
    case 0x2c:
    case 0x7c:
    case 0x26:
    case 0x2e:
    case 0x2b:
    case 0x2d:
    case 0x40:
    case 0x21:
    case 0x28:
    case 0x3d:
    case 0x24:
      return true;
    default:
      return false;
  }
}

let textAt: usize = 0;

/** Looks at the text's first statement, and at those behind a semicolon or a line break. */
export function detectStatements(at: usize, end: usize, isLine: bool): void {
  let start = at;
  let isFirst = true;
  textAt = at;
  resetBlanks();
  while (start < end) {
    let name = start;
    while (
      name < end &&
      (is(byteAt(name), Is.SPACE) || isBreak(byteAt(name)) || (isFirst && byteAt(name) === 0x7b))
    )
      name++;
    if (judgeCall(name, end, isFirst || isLine || name > start + 1)) return;
    // From the name on: semicolons before it lead to the same name.
    while (name < end && byteAt(name) !== 0x3b && byteAt(name) !== 0x0a) name++;
    start = name + 1;
    isFirst = false;
  }
}

/** `name(`, `module.name(`, with comments where white space may be. True when it was reported. */
function judgeCall(at: usize, end: usize, isLoud: bool): bool {
  const start = at;
  let isOfModule = false;
  let isMember = false;
  while (true) {
    const name = at;
    let hash = NO_BYTES;
    while (at < end && isOfName(byteAt(at))) hash = hashByte(hash, lower(byteAt(at++)));
    if (at === name) return false;
    const sets = codeWord(hash);
    const open = skipBlanks(at, end);
    const sign = byteAt(open);
    if (sets & Code.STATEMENT && isCallOfWrapped(at, end)) {
      report(Class.CODE, 85, 'calls a function by a name in a string or in parentheses', start, end);
      return true;
    }
    if (open < end && sign === 0x28)
      return judgeName(start, open, end, isMember ? sets & ~Code.STATEMENT : sets, isOfModule, hash, isLoud);
    if (sets & Code.BEFORE && open > at) {
      at = open;
      continue;
    }
    if (sign !== 0x2e || open !== at) return false;
    isMember = true;
    isOfModule = isOfModule || (sets & Code.MODULE) !== 0;
    at = open + 1;
  }
}

/** `"system")(`, `system][0](`: what stands between the name and the parenthesis of its call. */
function isCallOfWrapped(at: usize, end: usize): bool {
  const name = at;
  while (at < end && isWrapping(byteAt(at))) at++;
  return at > name && at < end && byteAt(at) === 0x28;
}

function isWrapping(byte: i32): bool {
  return (
    byte === 0x22 || byte === 0x27 || byte === 0x29 || byte === 0x5d || byte === 0x5b || is(byte, Is.DIGIT)
  );
}

const REQUIRE: u32 = hashWord('require');
const IMPORT: u32 = hashWord('import');
const ASSERT: u32 = hashWord('assert');

function judgeName(
  start: usize,
  open: usize,
  end: usize,
  sets: i32,
  isOfModule: bool,
  hash: u32,
  isLoud: bool,
): bool {
  if (isOfModule && (sets & Code.SINK || (sets & Code.LEAVING && leavesString(start)))) {
    report(Class.CODE, 90, 'calls a function that runs commands', start, end);
    return true;
  }
  if (hash === REQUIRE || hash === IMPORT) return judgeRequire(start, open, end);
  if (!(sets & Code.STATEMENT) || !isLoud || !isArgument(open, end)) return false;
  if (hash === ASSERT && !isProgram(open, end)) return false;
  report(Class.CODE, 80, 'is a statement that runs something', start, end);
  return true;
}

/** Whether what is in the parentheses is no prose: a string, a variable, one word, nothing; nor what follows them. */
function isArgument(at: usize, end: usize): bool {
  const open = at;
  at = skipBlanks(at + 1, end);
  if (at >= end) return false;
  const first = byteAt(at);
  if (first !== 0x29 && first !== 0x22 && first !== 0x27 && first !== 0x24 && first !== 0x60) {
    while (at < end && (isOfName(byteAt(at)) || byteAt(at) === 0x28)) at++;
    const next = byteAt(at);
    if (at < end && next !== 0x29 && next !== 0x2c && next !== 0x2e) return false;
  }
  return !isFollowedByProse(open, end);
}

/** Whether a quote and the end of a statement stand before: `');process.exit()`, `x";process.kill(1)`. */
function leavesString(at: usize): bool {
  let quoted = false;
  let ended = false;
  for (let i = at - 1; i >= textAt; i--) {
    if (byteAt(i) === 0x22 || byteAt(i) === 0x27) quoted = true;
    else if (byteAt(i) === 0x3b) ended = true;
    else if (!isBreak(byteAt(i))) break;
  }
  return quoted && ended;
}

/** Whether the first argument is program text or what gives some: tests assert conditions. */
function isProgram(open: usize, end: usize): bool {
  const at = skipBlanks(open + 1, end);
  const first = byteAt(at);
  if (first === 0x22 || first === 0x27 || first === 0x24 || first === 0x60) return true;
  let name = at;
  while (name < end && isOfName(byteAt(name))) name++;
  return byteAt(name) === 0x28 && (codeWord(hashOf(at, name)) & Code.STATEMENT) !== 0;
}

/** How far the end of a call is looked for. */
const REACH: usize = 400;

/** Whether a word follows the call that opens at `at`, behind a space. */
function isFollowedByProse(at: usize, end: usize): bool {
  const stop = min(end, at + REACH);
  let depth = 0;
  for (; at < stop; at++) {
    if (byteAt(at) === 0x28) depth++;
    else if (byteAt(at) === 0x29 && --depth === 0) break;
  }
  return at + 2 < end && byteAt(at + 1) === 0x20 && is(byteAt(at + 2), Is.LETTER);
}

/** `require("child_process")`, also with `node:` before it. */
function judgeRequire(start: usize, open: usize, end: usize): bool {
  let at = skip(open + 1, end, Is.SPACE);
  if (byteAt(at) === 0x22 || byteAt(at) === 0x27 || byteAt(at) === 0x60) at++;
  const name = at;
  while (at < end && (isOfName(byteAt(at)) || byteAt(at) === 0x3a)) at++;
  const colon = at > name + 5 && byteAt(name + 4) === 0x3a ? name + 5 : name;
  if (!(codeWord(hashOf(colon, at)) & Code.DANGEROUS_MODULE)) return false;
  while (at < end && byteAt(at) !== 0x29) at++;
  if (byteAt(at + 1) !== 0x2e) return false;
  report(Class.CODE, 88, 'loads a module and calls it at once', start, end);
  return true;
}
