// Elements: a lexer for HTML's tags, as lenient as browsers are, and what in them runs script.
import { byteAt, find, Is, is, lower, skip, startsWith } from '../../base/bytes';
import { hashByte, hashWord, NO_BYTES } from '../../base/words';
import { Html, htmlWord } from '../../build/html-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { isImageDocument, scriptAt } from './scheme';
import { isActiveStyle } from './style';

const STYLE: u32 = hashWord('style');
const SRCDOC: u32 = hashWord('srcdoc');
const HTTP_EQUIV: u32 = hashWord('http-equiv');
const REL: u32 = hashWord('rel');
const ALLOW_SCRIPT: u32 = hashWord('allowscriptaccess');

/** The attribute that was read last. */
let nameHash: u32 = 0;
let nameAt: usize = 0;
let valueAt: usize = 0;
let valueEnd: usize = 0;
let hasValue: bool = false;

/** Addresses that hold markup themselves (`about:<script>`) are looked into, this often one in another. */
const DEEPEST: i32 = 2;
let depth: i32 = 0;

/** Looks at every tag. `isLine`: the text is one line, so that a lone element is more likely a value than a document. */
export function detectMarkup(at: usize, end: usize, isLine: bool): void {
  let isFirst = isLine;
  while (true) {
    const tag = find(at, end, 0x3c);
    if (tag >= end) return;
    isFirst = isFirst && isRemainder(at, tag);
    at = readTag(tag, end, isFirst);
    isFirst = false;
  }
}

/** Whether what stands before the first tag is white space, or the rest of a value that the tag breaks out of: one word. */
function isRemainder(at: usize, end: usize): bool {
  at = skip(at, end, Is.SPACE);
  while (at < end && !is(byteAt(at), Is.SPACE)) at++;
  return skip(at, end, Is.SPACE) === end;
}

/** Bytes that browsers, or the filters before them, skip between `<` and a name. */
function isIgnored(byte: i32): bool {
  return byte === 0 || byte === 0x2f || byte === 0x5c || (byte > 0x0d && byte < 0x20);
}

function isOfName(byte: i32): bool {
  return (
    is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE) ||
    byte === 0x2d ||
    byte === 0x3a ||
    byte === 0 ||
    byte >= 0x80
  );
}

/** Reads the tag at `at`; where to go on. */
function readTag(at: usize, end: usize, isFirst: bool): usize {
  const tag = at++;
  const first = byteAt(at);
  if (first === 0x21 || first === 0x3f) return readDeclaration(tag, end);
  const isClosing = first === 0x2f;
  while (at < end && isIgnored(byteAt(at))) at++;
  if (!is(byteAt(at), Is.LETTER)) return tag + 1;
  let hash = NO_BYTES;
  while (at < end && isOfName(byteAt(at))) {
    const byte = lower(byteAt(at++));
    if (byte === 0x3a) hash = NO_BYTES;
    else if (byte !== 0) hash = hashByte(hash, byte);
  }
  const sets = htmlWord(hash);
  const next = byteAt(at);
  // `Array<string>`, `a<b` and the like are followed by what no tag's name is.
  const isTag =
    at >= end ||
    is(next, Is.SPACE) ||
    next === 0x2f ||
    next === 0x3e ||
    next === 0x3c ||
    next === 0x22 ||
    next === 0x27 ||
    next === 0x5c ||
    next === 0x28 ||
    next === 0x26 ||
    next === 0x3b;
  if (!isTag) return at;
  if (sets & Html.SCRIPT_ELEMENT && !isMentioned(tag, at, end, isClosing))
    report(Class.XSS, 95, 'opens or closes a script element', tag, min(end, at + 20));
  if (isClosing) return at;
  return readAttributes(tag, at, end, sets, hash, isFirst);
}

/** Whether prose speaks of the element: `` `<script>` ``, or `the <script> tag is …`. `at`: behind its name. */
function isMentioned(tag: usize, at: usize, end: usize, isClosing: bool): bool {
  const close = skipPlain(at, end);
  if (byteAt(close) !== 0x3e) return false;
  if (byteAt(tag - 1) === 0x60) return byteAt(close + 1) === 0x60;
  if (isClosing || byteAt(tag - 1) !== 0x20 || !is(byteAt(tag - 2), Is.LETTER)) return false;
  // A name is no program; two side by side are none in any language.
  const word = skip(close + 2, end, Is.LETTER);
  const next = skip(word + 1, end, Is.LETTER);
  return byteAt(close + 1) === 0x20 && word > close + 2 && byteAt(word) === 0x20 && next > word + 1;
}

/** Behind attributes without a value. */
function skipPlain(at: usize, end: usize): usize {
  while (at < end && (is(byteAt(at), Is.LETTER) || byteAt(at) === 0x20)) at++;
  return at;
}

/** `<!DOCTYPE … onerror CDATA …>`, `<?xml-stylesheet …?>`, `<?import …>`: what they bring besides entities, which are another class's. */
function readDeclaration(at: usize, end: usize): usize {
  if (
    startsWith(at, end, '<?xml-stylesheet') ||
    startsWith(at, end, '<?import') ||
    startsWith(at, end, '<!--#')
  )
    report(Class.XSS, 70, 'is an instruction that loads script', at, min(end, at + 30));
  return at + 2;
}

function readAttributes(tag: usize, at: usize, end: usize, sets: i32, element: u32, isFirst: bool): usize {
  let isActive = false;
  while (at < end) {
    while (at < end && (is(byteAt(at), Is.SPACE | Is.CONTROL) || isBetween(byteAt(at)))) at++;
    if (at >= end || byteAt(at) === 0x3e || byteAt(at) === 0x3c) break;
    const before = at;
    at = readAttribute(at, end);
    if (at === before) at++;
    if (judgeAttribute(tag)) isActive = true;
    if (hasValue && depth < DEEPEST) {
      depth++;
      detectMarkup(valueAt, valueEnd, false);
      depth--;
    }
  }
  if (isActive) report(Class.XSS, 80, 'has an element that loads or redirects', tag, min(end, at));
  else if (isFirst && sets & Html.LOADS)
    report(Class.XSS, 60, 'is an element that loads what others wrote', tag, min(end, at));
  if (sets & Html.ACTIVE_ELEMENT && element === STYLE) {
    const content = find(at, end, 0x3e) + 1;
    if (content < end && isActiveStyle(content, find(content, end, 0x3c), false))
      report(Class.XSS, 85, 'has a style that runs script or imports another', tag, min(end, content + 60));
  }
  return at;
}

function isBetween(byte: i32): bool {
  return (
    byte === 0x2f ||
    byte === 0x22 ||
    byte === 0x27 ||
    byte === 0x60 ||
    byte === 0x5c ||
    byte === 0x3b ||
    byte === 0x2c ||
    byte >= 0x80
  );
}

function isEndOfAttribute(byte: i32): bool {
  return byte === 0x3d || byte === 0x3e || byte === 0x3c || byte === 0x2f || byte === 0x22 || byte === 0x27;
}

function readAttribute(at: usize, end: usize): usize {
  nameAt = at;
  nameHash = NO_BYTES;
  hasValue = false;
  while (at < end && !is(byteAt(at), Is.SPACE) && !isEndOfAttribute(byteAt(at))) {
    const byte = lower(byteAt(at++));
    if (byte >= 0x20) nameHash = hashByte(nameHash, byte);
  }
  let equals = at;
  while (equals < end && is(byteAt(equals), Is.SPACE | Is.CONTROL)) equals++;
  if (equals >= end || byteAt(equals) !== 0x3d) {
    if (startsWith(equals, end, '&equals;')) equals += 7;
    else return at;
  }
  hasValue = true;
  at = equals + 1;
  while (at < end && is(byteAt(at), Is.SPACE | Is.CONTROL)) at++;
  const quote = byteAt(at);
  if (quote === 0x22 || quote === 0x27 || quote === 0x60) {
    valueAt = at + 1;
    valueEnd = find(valueAt, end, quote);
    return min(end, valueEnd + 1);
  }
  valueAt = at;
  while (at < end && !is(byteAt(at), Is.SPACE) && byteAt(at) !== 0x3e) at++;
  valueEnd = at;
  return at;
}

/** Reports what the attribute runs. True when it makes its element load or redirect. */
function judgeAttribute(tag: usize): bool {
  if (!hasValue) return false;
  const isExpression = byteAt(valueAt) === 0x7b; // JSX: `onClick={…}`
  if (isHandler()) {
    if (!isExpression) report(Class.XSS, 90, 'has an element with an event handler', tag, valueEnd);
    return false;
  }
  if (isExpression) return false;
  if (scriptAt(valueAt, valueEnd) || isImageDocument(valueAt, valueEnd)) {
    report(Class.XSS, 95, 'has an element whose address runs script', tag, valueEnd);
    return false;
  }
  if (nameHash === SRCDOC) report(Class.XSS, 85, 'has a frame that brings its own document', tag, valueEnd);
  if (nameHash === STYLE && isActiveStyle(valueAt, valueEnd, false))
    report(Class.XSS, 85, 'has a style that runs script', tag, valueEnd);
  if (startsWith(valueAt, valueEnd, '&{'))
    report(Class.XSS, 80, 'has an attribute with a script in it', tag, valueEnd);
  if (nameHash === HTTP_EQUIV)
    return (
      startsWith(valueAt, valueEnd, 'refresh') ||
      startsWith(valueAt, valueEnd, 'set-cookie') ||
      startsWith(valueAt, valueEnd, 'link')
    );
  if (nameHash === REL)
    return startsWith(valueAt, valueEnd, 'import') || startsWith(valueAt, valueEnd, 'stylesheet');
  return nameHash === ALLOW_SCRIPT;
}

/** `on…`, known or not (browsers get new ones); what stands between the letters and the equals sign is the browser's to skip. */
function isHandler(): bool {
  if (!startsWith(nameAt, valueAt, 'on')) return false;
  let at = nameAt;
  let hash = NO_BYTES;
  while (is(byteAt(at), Is.LETTER)) hash = hashByte(hash, lower(byteAt(at++)));
  return (htmlWord(hash) & Html.EVENT) !== 0 || (at > nameAt + 4 && isEndOfAttribute(byteAt(at)));
}
