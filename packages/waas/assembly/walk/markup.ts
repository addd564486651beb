// XML and HTML: what stands between the tags and in the attributes, so that it is judged as the value it is.
import { byteAt, find, Is, is, lower, skip, startsWith } from '../base/bytes';
import { hashByte, NO_BYTES } from '../base/words';
import { Html, htmlWord } from '../build/html-words';
import { popStep, pushStep, Step } from '../field';
import { judgeCopy } from './copy';

export function looksLikeMarkup(at: usize, end: usize): bool {
  at = skip(at, end, Is.SPACE);
  return at + 1 < end && byteAt(at) === 0x3c && find(at, end, 0x3e) < end;
}

/** Whether the first tag is one that HTML formats text with: what stands in it is prose to be shown, and no values. */
export function looksLikeHtml(at: usize, end: usize): bool {
  at = skip(at, end, Is.SPACE);
  if (byteAt(at) !== 0x3c) return false;
  if (startsWith(at, end, '<!doctype html')) return true;
  at += byteAt(at + 1) === 0x2f ? 2 : 1;
  let hash = NO_BYTES;
  while (is(byteAt(at), Is.LETTER | Is.DIGIT)) hash = hashByte(hash, lower(byteAt(at++)));
  return (htmlWord(hash) & Html.TEXT_ELEMENT) !== 0;
}

/** Judges each quoted attribute; and each text between the tags, where these are values (`hasValues`) and not prose. */
export function walkMarkup(at: usize, end: usize, hasValues: bool): void {
  if (!pushStep(Step.XML)) return;
  while (at < end) {
    const tag = find(at, end, 0x3c);
    const text = skip(at, tag, Is.SPACE);
    if (text < tag && hasValues) judgeCopy(text, tag);
    at = isCdata(tag, end) ? walkCdata(tag + 9, end) : walkTag(tag, end);
  }
  popStep();
}

/** `<![CDATA[` */
function isCdata(at: usize, end: usize): bool {
  return end - at > 9 && byteAt(at + 1) === 0x21 && byteAt(at + 2) === 0x5b && byteAt(at + 8) === 0x5b;
}

function walkCdata(at: usize, end: usize): usize {
  let close = at;
  while (close < end && !(byteAt(close) === 0x5d && byteAt(close + 1) === 0x5d && byteAt(close + 2) === 0x3e))
    close++;
  judgeCopy(at, close);
  return close + 3;
}

function walkTag(at: usize, end: usize): usize {
  for (; at < end && byteAt(at) !== 0x3e; at++) {
    const quote = byteAt(at);
    if (quote !== 0x22 && quote !== 0x27) continue;
    const close = find(at + 1, end, quote);
    if (is(byteAt(at - 1), Is.SPACE) || byteAt(at - 1) === 0x3d) judgeCopy(at + 1, close);
    at = close;
  }
  return at + 1;
}
