// Signed tokens (JWT, RFC 7519): base64 between dots, of which the first two are JSON.
import { find, startsWith } from '../base/bytes';
import { mark, release } from '../base/memory';
import { decodeBase64, isText } from '../decode/base64';
import { popStep, pushStep, Step } from '../field';
import { judgeField } from '../judge';

/** `{"` in base64 */
export function looksLikeToken(at: usize, end: usize): bool {
  return startsWith(at, end, 'eyj') && find(at, end, 0x2e) < end;
}

/** Judges the parts that are text. */
export function walkToken(at: usize, end: usize): void {
  if (!pushStep(Step.BASE64)) return;
  while (at < end) {
    const stop = find(at, end, 0x2e);
    const part = mark();
    const partEnd = decodeBase64(at, stop);
    if (partEnd && isText(part, partEnd)) judgeField(part, partEnd);
    release(part);
    at = stop + 1;
  }
  popStep();
}
