// Expressions in the delimiters of template engines and expression languages: {{ }}, {% %}, ${ }, #{ }, *{ }, @{ }, <% %>, [# ].
import { byteAt, find, Is, is, skip } from '../../base/bytes';
import { Has } from '../../base/facts';
import { Code } from '../../build/code-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import {
  callCount,
  createsObject,
  innerCount,
  isConstantArithmetic,
  namesJavaClass,
  readExpression,
  setsOfFirstName,
  sinkCount,
} from './expression';
import { isLookup } from './lookup';
import { isClosing, isOpening, popOpening, pushOpening, resetNesting } from './nesting';

/** Where the content begins of the expression that opens at `at`; 0 where none does. */
function contentAt(at: usize): usize {
  const first = byteAt(at);
  const second = byteAt(at + 1);
  if (first === 0x7b) {
    if (second === 0x7b || second === 0x25) return at + 2;
    return second === 0x24 && byteAt(at + 2) === 0x7b ? at + 3 : 0;
  }
  if (
    second === 0x7b &&
    (first === 0x24 || first === 0x23 || first === 0x2a || first === 0x7e || first === 0x25)
  )
    return byteAt(at + 2) === 0x7b ? at + 3 : at + 2;
  if (first === 0x40 && second === 0x7b) return byteAt(skip(at + 2, at + 8, Is.SPACE)) === 0x5b ? at + 2 : 0;
  if (first === 0x3c && second === 0x25) return at + 2;
  if (first === 0x5b && (second === 0x23 || second === 0x5b)) return at + 2;
  return 0;
}

/** The byte that closes it. */
function closingOf(at: usize): i32 {
  const first = byteAt(at);
  if (first === 0x3c) return 0x3e;
  return first === 0x5b ? 0x5d : 0x7d;
}

/** Each opening that nothing closes is judged with all that follows it. So many are; behind them only what is closed. */
const MOST_UNCLOSED: i32 = 16;

/** Judges each expression of the text. */
export function detectTemplates(at: usize, end: usize, facts: i32): void {
  const start = at;
  let unclosed = 0;
  while (at < end) {
    const content = contentAt(at);
    if (!content) {
      at++;
      continue;
    }
    if (unclosed === MOST_UNCLOSED) {
      judgeClosed(start, at, end, facts);
      return;
    }
    const close = endOfExpression(content, end, closingOf(at));
    judge(start, at, content, close, end, facts);
    at = close < end ? close : content;
    if (close === end) unclosed++;
  }
}

/** Judges what is closed, each byte in at most `MOST_OPEN` expressions. */
function judgeClosed(start: usize, at: usize, end: usize, facts: i32): void {
  resetNesting();
  while (at < end) {
    const byte = byteAt(at);
    const content = contentAt(at);
    if (isOpening(byte)) pushOpening(byte, content ? at : 0);
    else if (content) pushOpening(closingOf(at) === 0x5d ? 0x5b : 0x7b, at);
    else if (isClosing(byte)) {
      const opening = popOpening(byte);
      if (opening) judge(start, opening, contentAt(opening), at, end, facts);
    }
    at = content ? content : at + 1;
  }
}

/** The last closing byte of the run that ends it: braces within are skipped. */
function endOfExpression(at: usize, end: usize, closing: i32): usize {
  const opening = closing === 0x3e ? 0x3c : closing - 2;
  let depth = 0;
  let quote = 0;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === opening) depth++;
    else if (byte === closing && depth-- === 0) return at;
  }
  return end;
}

/** `content` to `close` is the expression; `start` to `end` the text. */
function judge(start: usize, at: usize, content: usize, close: usize, end: usize, facts: i32): void {
  if (isLookup(content, close)) {
    report(Class.CODE, 95, "has a lookup that makes a logger load another's code", at, close);
    return;
  }
  const isOutput = byteAt(content) === 0x3d || byteAt(content) === 0x2d;
  readExpression(isOutput ? content + 1 : content, byteAt(close - 1) === 0x25 ? close - 1 : close);
  const isStatement = byteAt(content) === 0x25 || byteAt(at + 1) === 0x25;
  const isAlone = !(facts & Has.NEWLINE) && at - start <= 24 && end - close <= 64;
  if (innerCount() > 0 || namesJavaClass()) {
    if (isAlone || sinkCount() > 0 || byteAt(at) !== 0x24)
      report(
        Class.CODE,
        92,
        "has a template expression that leaves its value for the engine's inside",
        at,
        close,
      );
  } else if (isJsx(start, at)) return;
  else if (sinkCount() > 0 && (isAlone || byteAt(at) !== 0x24))
    report(Class.CODE, 88, 'has a template expression that runs something', at, close);
  else if (!isAlone) return;
  else if (byteAt(at) === 0x40 && isWhole(start, at, close, end))
    report(Class.CODE, 75, 'has an expression that Perl runs within a string', at, close);
  else if (isConstantArithmetic())
    report(
      Class.CODE,
      85,
      'has a template expression that only calculates, as who tries one writes',
      at,
      close,
    );
  else if (createsObject())
    report(Class.CODE, 80, 'has a template expression that creates an object', at, close);
  else if (setsOfFirstName() & Code.OBJECT && isWhole(start, at, close, end) && !isPlainVariable(at))
    report(Class.CODE, 65, "has a template expression on the engine's own objects", at, close);
  else if (isStatement && isWhole(start, at, close, end) && callCount() > 0)
    report(Class.CODE, 60, 'is a statement of a template engine', at, close);
  else if (isStatement && byteAt(at) === 0x7b && isWhole(start, at, close, end))
    report(Class.CODE, 60, 'is a statement of a template engine', at, close);
  else if (byteAt(content) === 0x7c || isBacktick(isOutput ? content + 1 : content, close))
    report(Class.CODE, 80, 'has a template expression that runs a command', at, close);
}

/** `search={{ from: new Date() }}`: an object in an attribute of JSX. */
function isJsx(start: usize, at: usize): bool {
  return at > start + 1 && byteAt(at) === 0x7b && byteAt(at - 1) === 0x3d && is(byteAt(at - 2), Is.LETTER);
}

/** `#{ %x|env| }`, `` #{`id`} `` */
function isBacktick(at: usize, end: usize): bool {
  at = skip(at, end, Is.SPACE);
  if (byteAt(at) === 0x60) return find(at + 1, end, 0x60) < end;
  return (
    byteAt(at) === 0x25 &&
    (byteAt(at + 1) | 0x20) === 0x78 &&
    !is(byteAt(at + 2), Is.LETTER | Is.DIGIT | Is.SPACE)
  );
}

/** `${config}` and `#{request}` are variables of many a harmless template; `{{request}}` is asked for by who tries one. */
function isPlainVariable(at: usize): bool {
  return byteAt(at) !== 0x7b && callCount() === 0;
}

/** Whether the text is nothing but the expression, or begins with it and no other one follows: templates have several. */
function isWhole(start: usize, at: usize, close: usize, end: usize): bool {
  return skip(start, at, Is.SPACE) === at && find(min(close + 2, end), end, byteAt(at)) === end;
}
