import { byteAt, lower } from './bytes';

/**
 * Whether the whole text matches the pattern: `*` stands for any characters, `?` for one byte, and letters match in
 * either case. Goes back to the last star only, so time is bounded by the product of both lengths.
 */
export function matchesGlob(pattern: usize, patternEnd: usize, at: usize, end: usize): bool {
  let star: usize = 0;
  let retry: usize = 0;
  while (at < end) {
    const wanted = pattern < patternEnd ? byteAt(pattern) : 0;
    if (wanted === 0x2a && pattern < patternEnd) {
      star = ++pattern;
      retry = at;
    } else if (pattern < patternEnd && (wanted === 0x3f || lower(wanted) === lower(byteAt(at)))) {
      pattern++;
      at++;
    } else if (star) {
      pattern = star;
      at = ++retry;
    } else return false;
  }
  while (pattern < patternEnd && byteAt(pattern) === 0x2a) pattern++;
  return pattern === patternEnd;
}
