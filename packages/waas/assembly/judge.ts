// Puts one text before the detectors: what it is made of, then itself, then what it is when decoded.

import { byteAt, contains, Is, is, skip } from './base/bytes';
import { factsOf, Has } from './base/facts';
import { mark, release } from './base/memory';
import { beginShare, endShare, leaveUnread, mayInflate, noteInflated, spend } from './budget';
import { Class } from './classes';
import { decodeBase64, isText } from './decode/base64';
import { decodeEntities } from './decode/entities';
import { decodeEscapes } from './decode/escapes';
import { inflateDeflate, inflateGzip, inflatesTooFar, looksLikeGzip, looksLikeZlib } from './decode/inflate';
import { decodeNull } from './decode/null';
import { decodePercent } from './decode/percent';
import { decodePlus } from './decode/plus';
import { decodeUtf7 } from './decode/utf7';
import { decodeWide } from './decode/wide';
import { detectCmdi } from './detect/cmdi/cmdi';
import { detectCode } from './detect/code/code';
import { detectCrlf } from './detect/crlf';
import { detectCustom } from './detect/custom';
import { detectLdap } from './detect/ldap';
import { detectLfi } from './detect/lfi/lfi';
import { reportBomb } from './detect/malformed/body';
import { detectMalformedPart, detectMalformedText } from './detect/malformed/malformed';
import { detectNosql } from './detect/nosql';
import { detectPrototype } from './detect/prototype';
import { detectScanner } from './detect/scanner';
import { detectSqli } from './detect/sqli/sqli';
import { detectAddress } from './detect/ssrf';
import { detectXpath } from './detect/xpath';
import { detectXss } from './detect/xss/xss';
import { detectXxe } from './detect/xxe';
import {
  declaresDeflate,
  declaresText,
  declaresUnknownEncoding,
  isEncodedBody,
  isInBody,
  isOfClient,
} from './event/request';
import { isLastStep, isOfForm, isOnlyReading, popStep, pushStep, Step } from './field';
import { isOn } from './settings';
import { beginField, beginText, endField } from './verdicts';
import { looksLikeJson, walkJson } from './walk/json';
import { looksLikeGraphql, walkLiterals } from './walk/literals';
import { looksLikeHtml, looksLikeMarkup, walkMarkup } from './walk/markup';
import { looksLikeMultipart, walkMultipart } from './walk/multipart';
import { findPairs, isEncoded, isForm, walkPairs } from './walk/pairs';
import { looksLikeToken, walkToken } from './walk/token';

/** What base64 is written with, line breaks included. */
const BASE64: i32 =
  Has.LETTER | Has.DIGIT | Has.PLUS | Has.SLASH | Has.EQUALS | Has.DASH | Has.UNDERSCORE | Has.NEWLINE;

/** Judges a field's text from `at` to `end`; behind it stands a zero byte. */
export function judgeField(at: usize, end: usize): void {
  const outer = beginField();
  if (isOnlyReading()) {
    const share = beginShare(<i32>(end - at));
    judgeText(at, end);
    endShare(share);
  } else judgeText(at, end);
  endField(outer);
}

function judgeText(at: usize, end: usize): void {
  if (!spend(<i32>(end - at))) return;
  const facts = factsOf(at, end);
  const isJson = (facts & (Has.BRACE | Has.BRACKET)) !== 0 && looksLikeJson(at, end) && judgeJson(at, end);
  detectMalformedPart(at, end, isJson);
  if (isJson) return;
  const pairs = facts & Has.EQUALS ? findPairs(at, end) : end;
  if (pairs === at && isForm(at, facts)) {
    walkPairs(at, end, false);
    return;
  }
  const isHtml = (facts & Has.LESS) !== 0 && looksLikeHtml(at, end);
  if (facts & Has.PLUS && !(facts & Has.SPACE) && isLastStep(Step.FORM)) {
    judgeFormValue(at, end, facts);
    return;
  }
  if (pairs < end) walkPairs(pairs, end, pairs > at && byteAt(at) !== 0x2f);
  judgeParts(at, end, facts, isHtml);
  beginText(at, end);
  if (isOn(Class.SQLI)) detectSqli(at, end, facts);
  if (isOn(Class.XSS)) detectXss(at, end, facts);
  if (isOn(Class.CMDI)) detectCmdi(at, end, facts);
  if (facts & (Has.SPACE | Has.NEWLINE)) detectTrimmed(at, end, facts);
  else detectUnpadded(at, end, facts);
  if (isOn(Class.PROTOTYPE)) detectPrototype(at, end);
  if (isOn(Class.SCANNER)) detectScanner(at, end);
  detectMalformedText(at, end, facts);
  if (isOn(Class.CUSTOM)) detectCustom(at, end);
  // The parameters of an address are decoded one by one; so are the parts of a form, which may be HTML and none.
  const decodable = isInBody() && looksLikeMultipart(at, end) ? facts & ~Has.AMPERSAND : facts;
  judgeDecoded(at, pairs > at && pairs < end && isEncoded(facts) ? pairs - 1 : end, decodable, isHtml);
}

/** Blanks at a value's ends make no prose of it, and nothing longer. */
function detectTrimmed(at: usize, end: usize, facts: i32): void {
  const from = skip(at, end, Is.SPACE);
  let to = end;
  while (to > from && is(byteAt(to - 1), Is.SPACE)) to--;
  if (to - from < end - at) detectUnpadded(from, to, factsOf(from, to));
  else detectUnpadded(at, end, facts);
}

/** The classes for which blanks at the ends of a value say nothing. */
function detectUnpadded(at: usize, end: usize, facts: i32): void {
  if (isOn(Class.CODE)) detectCode(at, end, facts);
  if (isOn(Class.LFI)) detectLfi(at, end, facts);
  if (isOn(Class.NOSQL)) detectNosql(at, end, facts);
  if (isOn(Class.SSRF) || isOn(Class.REDIRECT)) detectAddress(at, end, facts);
  if (isOn(Class.XXE)) detectXxe(at, end, facts);
  if (isOn(Class.LDAP)) detectLdap(at, end, facts);
  if (isOn(Class.XPATH)) detectXpath(at, end, facts);
  if (isOn(Class.CRLF)) detectCrlf(at, end, facts);
}

/** A JSON text is judged by what it holds; the text itself is no value that goes anywhere. */
function judgeJson(at: usize, end: usize): bool {
  if (!pushDecoding(Step.JSON)) return false;
  const valid = walkJson(at, end);
  popStep();
  return valid;
}

/** A plus of a form is a space. What else is encoded is decoded then, and nothing in between is judged: no function gets it. */
function judgeFormValue(at: usize, end: usize, facts: i32): void {
  const start = mark();
  const spaced = decodePlus(at, end);
  if (pushDecoding(Step.PLUS)) {
    const decoded = mark();
    const to = facts & Has.PERCENT ? decodePercent(start, spaced) : 0;
    if (to) judgeAs(Step.PERCENT, decoded, to);
    else judgeText(start, spaced);
    popStep();
  }
  release(start);
}

function judgeParts(at: usize, end: usize, facts: i32, isHtml: bool): void {
  if (facts & Has.LESS && facts & Has.GREATER && looksLikeMarkup(at, end)) walkMarkup(at, end, !isHtml);
  if (facts & Has.BRACE && facts & Has.DOUBLE_QUOTE && looksLikeGraphql(at, end)) walkLiterals(at, end);
  if (facts & Has.NEWLINE && facts & Has.DASH && looksLikeMultipart(at, end)) walkMultipart(at, end);
  if (facts & Has.DOT && (facts & ~(BASE64 | Has.DOT)) === 0 && looksLikeToken(at, end)) walkToken(at, end);
}

function judgeDecoded(at: usize, end: usize, facts: i32, isHtml: bool): void {
  const start = mark();
  // A plus is a space unless `%20` is: decoded first, it is not taken for the one that `%2B` writes.
  const isPlusSpace = facts & Has.PLUS && !(facts & Has.SPACE) && !contains(at, end, '%20');
  if (facts & Has.PERCENT && !isPlusSpace) judgeAs(Step.PERCENT, start, decodePercent(at, end));
  if (facts & Has.PLUS && !(facts & Has.SPACE)) judgeAs(Step.PLUS, start, decodePlus(at, end));
  if (facts & Has.AMPERSAND) judgeAs(Step.ENTITY, start, decodeEntities(at, end, isHtml));
  if (facts & Has.BACKSLASH) judgeAs(Step.UNICODE, start, decodeEscapes(at, end));
  if (facts & Has.HIGH) judgeAs(Step.WIDE, start, decodeWide(at, end));
  if (facts & Has.CONTROL) judgeAs(Step.NULL, start, decodeNull(at, end));
  if (facts & Has.PLUS && facts & Has.DASH) judgeAs(Step.UTF7, start, decodeUtf7(at, end));
  if ((facts & ~BASE64) === 0) {
    const to = decodeBase64(at, end);
    if (to && (looksLikeGzip(start, to) || (isEncodedBody() && declaresDeflate()))) {
      judgeInflated(start, to);
      return;
    }
    if (isEncodedBody() && declaresUnknownEncoding()) leaveUnread();
    judgeAs(Step.BASE64, start, to && (isText(start, to) || (isEncodedBody() && declaresText())) ? to : 0);
  }
}

/** Judges what the bytes from `start` to `to`, which were base64, are when inflated, and gives all of it back. */
function judgeInflated(start: usize, to: usize): void {
  if (pushDecoding(Step.BASE64)) {
    inflate(start, to);
    popStep();
  }
  release(start);
}

/** Inflates, as often as it was deflated, and judges what comes out. */
function inflate(at: usize, end: usize): void {
  const text = mark();
  const textEnd = looksLikeGzip(at, end)
    ? inflateGzip(at, end, mayInflate())
    : inflateDeflate(at, end, mayInflate());
  noteInflated(<i32>(textEnd - text));
  if (inflatesTooFar()) {
    leaveUnread();
    reportBomb(at, end);
  }
  if (looksLikeGzip(text, textEnd) || (looksLikeZlib(text, textEnd) && isOfClient() && declaresDeflate())) {
    if (pushDecoding(Step.GZIP)) {
      inflate(text, textEnd);
      popStep();
    }
    release(text);
    return;
  }
  if (isOfClient() && declaresUnknownEncoding()) leaveUnread();
  judgeAs(Step.GZIP, text, isText(text, textEnd) || (isOfClient() && declaresText()) ? textEnd : 0);
}

/** Judges what was decoded into the memory from `start` to `to`, if anything was, and gives it back. */
function judgeAs(step: Step, start: usize, to: usize): void {
  if (to && pushDecoding(step)) {
    judgeText(start, to);
    popStep();
  }
  release(start);
}

/** Goes on to a form that is not to be seen in the text as it stands: one that was decoded too often already stays unread. Of values within values of forms the outer ones were decoded. */
function pushDecoding(step: Step): bool {
  if (pushStep(step)) return true;
  if (!isOfForm()) leaveUnread();
  return false;
}
