// Code injection: a value that is a program, or becomes one in a template, an expression or a deserialiser.
import {
  byteAt,
  contains,
  find,
  Is,
  is,
  isOfName,
  lower,
  skip,
  startsExactly,
  startsWith,
} from '../../base/bytes';
import { Has } from '../../base/facts';
import { hashOf } from '../../base/words';
import { Code, codeWord } from '../../build/code-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import {
  callsByName,
  innerCount,
  makesFunction,
  namesJavaClass,
  namesType,
  readExpression,
  sinkCount,
} from './expression';
import { holdsSerializedMark, isSerialized } from './serialized';
import { detectStatements } from './statement';
import { detectTemplates } from './template';

/** What none of the forms can do without. */
const SIGNS: i32 = Has.BRACE | Has.LESS | Has.PARENTHESIS | Has.DOLLAR | Has.BRACKET | Has.PIPE;

export function detectCode(at: usize, end: usize, facts: i32): void {
  if (isSerialized(at, end))
    report(
      Class.CODE,
      90,
      'is a serialised object, which may run code when it is read',
      at,
      min(end, at + 40),
    );
  if (facts & (Has.DOLLAR | Has.OTHER) && holdsSerializedMark(at, end))
    report(Class.CODE, 90, 'holds an object that runs code when it is read', at, end);
  if (facts & Has.DOT) {
    if (!(facts & Has.SPACE)) detectJavaName(at, end);
    detectGadget(at, end);
    // class.module.classLoader: what Spring binds a form's fields to.
    if (startsExactly(at, end, 'class.') && contains(at, end, 'lassLoader'))
      report(Class.CODE, 85, "reaches for an object's class loader", at, end);
  }
  if (!(facts & SIGNS)) return;
  if (facts & (Has.BRACE | Has.BRACKET)) detectPhpBlock(at, end);
  if (facts & Has.LESS) detectTags(at, end);
  if (facts & (Has.BRACE | Has.PERCENT | Has.BRACKET)) detectTemplates(at, end, facts);
  if (facts & Has.DOLLAR) detectPhpVariables(at, end);
  if (facts & Has.BRACE && facts & Has.UNDERSCORE && !(facts & Has.PARENTHESIS)) detectReach(at, end, facts);
  if (facts & Has.PIPE && facts & Has.SINGLE_QUOTE) detectExchange(at, end);
  if (facts & Has.PARENTHESIS && !(facts & Has.NEWLINE && facts & Has.BACKTICK)) {
    detectStatements(at, end, !(facts & Has.NEWLINE));
    detectReach(at, end, facts);
  }
}

/** `<?php`, `<?=`, `<!--#exec`: what a server takes for program text within a page. */
function detectTags(at: usize, end: usize): void {
  for (at = find(at, end, 0x3c); at < end; at = find(at + 1, end, 0x3c)) {
    if (byteAt(at + 1) === 0x3f && isPhpTag(at + 2, end)) {
      report(Class.CODE, 90, 'has program text of PHP', at, min(end, at + 60));
      return;
    }
    if (startsWith(at, end, '<java.') || startsWith(at, end, '<javax.') || startsWith(at, end, '<com.sun.')) {
      report(Class.CODE, 75, 'is an object of Java in XML, which may run code when it is read', at, end);
      return;
    }
    if (startsWith(at, end, '<!--#') || (startsWith(at, end, '<!-- #') && is(byteAt(at + 6), Is.LETTER))) {
      report(Class.CODE, 85, 'has an instruction that a server runs in a page', at, min(end, at + 60));
      return;
    }
  }
}

/** `php`, `=`, or white space and program text: what XML's declarations and prose have not. */
function isPhpTag(at: usize, end: usize): bool {
  if (byteAt(at) === 0x3d || startsWith(at, end, 'php')) return true;
  if (startsWith(at, end, 'xml:') || startsWith(at, end, 'xml :')) return true;
  if (!is(byteAt(at), Is.SPACE)) return false;
  at = skip(at, end, Is.SPACE);
  if (byteAt(at) === 0x24 || byteAt(at) === 0x60 || startsWith(at, end, 'echo') || startsWith(at, end, 'php'))
    return true;
  while (at < end && is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) at++;
  return byteAt(at) === 0x28;
}

/** `{php}`, `[php]`: blocks of template engines and forums. */
function detectPhpBlock(at: usize, end: usize): void {
  if (startsWith(at, end, '{php}') || startsWith(at, end, '[php]') || startsWith(at, end, '{$smarty.'))
    report(Class.CODE, 75, 'has a block of PHP', at, end);
  else if (startsWith(at, end, 'process['))
    report(Class.CODE, 65, "reaches for the process's own object", at, end);
}

/** `$_GET[…]`, `$GLOBALS[…]` */
function detectPhpVariables(at: usize, end: usize): void {
  for (at = find(at, end, 0x24); at < end; at = find(at + 1, end, 0x24)) {
    if (!isPhpVariable(at + 1, end)) continue;
    report(Class.CODE, 80, "names PHP's variables of a request", at, min(end, at + 40));
    return;
  }
}

function isPhpVariable(at: usize, end: usize): bool {
  const name = at;
  while (at < end && (is(byteAt(at), Is.LETTER) || byteAt(at) === 0x5f)) at++;
  if (byteAt(at) !== 0x5b && byteAt(at) !== 0x7b) return false;
  return (
    startsWith(name, end, '_get') ||
    startsWith(name, end, '_post') ||
    startsWith(name, end, '_request') ||
    startsWith(name, end, '_cookie') ||
    startsWith(name, end, '_server') ||
    startsWith(name, end, '_files') ||
    startsWith(name, end, '_session') ||
    startsWith(name, end, '_env') ||
    startsWith(name, end, 'globals')
  );
}

/** A class of Java's alone, as gadgets name it: `java.lang.Runtime`. */
function detectJavaName(at: usize, end: usize): void {
  for (let i = at; i < end; i++) {
    const byte = byteAt(i);
    if (!is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE) && byte !== 0x2e && byte !== 0x24 && byte !== 0x40)
      return;
  }
  if (lower(byteAt(at)) === byteAt(at)) {
    readExpression(at, end);
    if (namesJavaClass()) report(Class.CODE, 75, 'is the name of a Java class that attackers load', at, end);
  }
}

/** `('sys'.'tem')(`: strings of PHP that are joined and called. */
function callsJoined(at: usize, end: usize): bool {
  let joined = false;
  for (; at + 2 < end; at++) {
    const byte = byteAt(at);
    if (byte !== 0x27 && byte !== 0x22) continue;
    if (byteAt(at + 1) === 0x2e && byteAt(at + 2) === byte) joined = true;
    else if (joined && byteAt(at + 1) === 0x29 && byteAt(at + 2) === 0x28) return true;
  }
  return false;
}

/** A formula that has a spreadsheet start a program: `=cmd|'/c calc'!A1`. */
function detectExchange(at: usize, end: usize): void {
  const first = byteAt(at);
  if (first !== 0x3d && first !== 0x2b && first !== 0x2d && first !== 0x40) return;
  const bar = find(at, end, 0x7c);
  const close = find(bar + 2, end, 0x27);
  if (byteAt(bar + 1) === 0x27 && is(byteAt(bar - 1), Is.LETTER) && close < end && byteAt(close + 1) === 0x21)
    report(Class.CODE, 85, 'is a formula that starts a program', at, end);
}

/** A type of .NET that deserialisers are made to create: `System.Windows.Data.ObjectDataProvider, PresentationFramework`. */
function detectGadget(at: usize, end: usize): void {
  if (!startsExactly(at, end, 'System.')) return;
  let name = at;
  let stop = at;
  for (; stop < end && (isOfName(byteAt(stop)) || byteAt(stop) === 0x2e); stop++)
    if (byteAt(stop) === 0x2e) name = stop + 1;
  if (codeWord(hashOf(name, stop)) & Code.GADGET)
    report(Class.CODE, 75, 'is the name of a .NET type that attackers have created', at, end);
}

/** Program text that reaches for a value's inside and calls something, without any delimiter. */
function detectReach(at: usize, end: usize, facts: i32): void {
  if (facts & Has.NEWLINE) return;
  readExpression(at, end);
  if (innerCount() > 1 || (innerCount() > 0 && sinkCount() > 0))
    report(Class.CODE, 80, 'leaves a value for what lies behind its class', at, end);
  else if (namesJavaClass() && (sinkCount() > 0 || namesType()))
    report(Class.CODE, 80, 'calls a class of Java that runs or loads something', at, end);
  else if (makesFunction()) report(Class.CODE, 80, 'makes a function of a string', at, end);
  else if (callsByName() || callsJoined(at, end))
    report(Class.CODE, 80, 'calls a function by a name that it puts together', at, end);
}
