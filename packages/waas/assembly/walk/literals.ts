// GraphQL documents: the values are string literals in the midst of it.
import { byteAt, Is, skip, startsWith } from '../base/bytes';
import { mark, release } from '../base/memory';
import { popStep, pushStep, Step } from '../field';
import { judgeField } from '../judge';
import { endOfString, readString } from './json-string';

export function looksLikeGraphql(at: usize, end: usize): bool {
  at = skip(at, end, Is.SPACE);
  return (
    byteAt(at) === 0x7b ||
    startsWith(at, end, 'query') ||
    startsWith(at, end, 'mutation') ||
    startsWith(at, end, 'subscription')
  );
}

/** Judges each string literal. What was read in vain is not read again from a quote within it. */
export function walkLiterals(at: usize, end: usize): void {
  if (!pushStep(Step.GRAPHQL)) return;
  for (; at < end; at++) {
    if (byteAt(at) !== 0x22) continue;
    const text = mark();
    const textEnd = readString(at, end);
    at = endOfString() - 1;
    if (textEnd) judgeField(text, textEnd);
    release(text);
  }
  popStep();
}
