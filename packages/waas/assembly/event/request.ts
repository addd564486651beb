// What an HTTP request says of its own body.
import { byteAt, findWord, startsExactly } from '../base/bytes';
import { currentPath, decodings, pathEnd, pathMark, Step, stepAt } from '../field';
import { Field, fieldAt, fieldEnd, hasField } from './fields';
import { answersHttp } from './refusal';
import { Trigger } from './trigger';

let isHttp: bool = false;
let isBase64: bool = false;
let isCutOff: bool = false;
/** Whether the type says that the body is no text; looked up once, not for each text of it. */
let isBinary: bool = false;

/** A new event; its fields have been found. `isCut`: its body was cut off by the host. */
export function readRequest(trigger: Trigger, isCut: bool): void {
  isCutOff = isCut;
  isHttp = answersHttp(trigger);
  isBase64 = hasField(Field.IS_BASE64) && byteAt(fieldAt(Field.IS_BASE64)) === 0x74;
  isBinary = isHttp && hasField(Field.CONTENT_TYPE) && !declaresText();
}

/** Whether the text that is judged is the whole body, however decoded. */
export function isInBody(): bool {
  return isHttp && pathMark() === 4 && startsExactly(currentPath(), pathEnd(), 'body');
}

/** Whether the text that is judged is the body as the trigger wrote it, which is base64. */
export function isEncodedBody(): bool {
  return isBase64 && decodings() === 0 && isInBody();
}

/** Whether what is `steps` decodings in is the body as the client wrote it, decompressed. */
function isUnwrapped(steps: i32): bool {
  if (!isBase64) return steps === 0;
  if (steps === 0 || stepAt(0) !== Step.BASE64) return false;
  for (let i = 1; i < steps; i++) if (stepAt(i) !== Step.GZIP) return false;
  return true;
}

/** Whether the text that is judged is the whole body as the client wrote it, decompressed. */
export function isBody(): bool {
  return isInBody() && isUnwrapped(decodings());
}

/** Whether what is judged stands in the JSON that the body is said to be. */
export function isInJsonBody(): bool {
  const steps = decodings() - 1;
  if (!isHttp || steps < 0 || stepAt(steps) !== Step.JSON || !isUnwrapped(steps)) return false;
  return startsExactly(currentPath(), pathEnd(), 'body') && promisesJson();
}

/** Whether the pairs that are judged are the body's. */
export function isFormBody(): bool {
  return isInBody() && isUnwrapped(decodings() - 1);
}

/** Whether the bytes of the text that is judged are the client's own, and not what we made of a text that may mean nothing by it. */
export function isOfClient(): bool {
  const inBody = startsExactly(currentPath(), pathEnd(), 'body');
  // A body of another type may be binary.
  if (inBody && isBinary) return false;
  let inForm = false;
  for (let i = 0; i < decodings(); i++) {
    switch (stepAt(i)) {
      case Step.FORM:
        inForm = true;
        break;
      // Escapes stand in prose and JSON, too; forms and addresses are written in them.
      case Step.PERCENT:
        if (!isHttp || (inBody && !inForm)) return false;
        break;
      case Step.BASE64:
        if (i > 0 || !isBase64 || !inBody) return false;
        break;
      case Step.JSON:
      case Step.MULTIPART:
      case Step.KEY:
      case Step.PLUS:
      case Step.GZIP:
        break;
      default:
        return false;
    }
  }
  return true;
}

/** Where in the header's value the word (in lower case) stands, or its end. */
export function findInHeader(field: Field, from: usize, word: string): usize {
  return findWord(max(from, fieldAt(field)), fieldEnd(field), word);
}

function says(field: Field, word: string): bool {
  return findInHeader(field, 0, word) < fieldEnd(field);
}

/** Whether the type is JSON: `application/json`, `application/problem+json`, but no `application/json-seq`. */
function declaresJson(): bool {
  const end = fieldEnd(Field.CONTENT_TYPE);
  const at = findInHeader(Field.CONTENT_TYPE, 0, 'json');
  if (at >= end) return false;
  const before = byteAt(at - 1);
  const behind = byteAt(at + 4);
  return (
    (before === 0x2f || before === 0x2b) &&
    (at + 4 === end || behind === 0x3b || behind === 0x20 || behind === 0x22)
  );
}

/** Whether the body must be JSON by its type. One that was cut off is none any more, which is not the client's doing. */
export function promisesJson(): bool {
  return !isCutOff && declaresJson();
}

export function declaresMultipart(): bool {
  return says(Field.CONTENT_TYPE, 'multipart/form-data');
}

/** Whether the function will read the body as text, whatever bytes it has. */
export function declaresText(): bool {
  return (
    declaresJson() ||
    declaresMultipart() ||
    says(Field.CONTENT_TYPE, 'text/') ||
    says(Field.CONTENT_TYPE, 'urlencoded') ||
    says(Field.CONTENT_TYPE, 'xml')
  );
}

export function declaresDeflate(): bool {
  return says(Field.CONTENT_ENCODING, 'deflate');
}

/** Whether the body is compressed in a way that the engine does not know. */
export function declaresUnknownEncoding(): bool {
  return (
    says(Field.CONTENT_ENCODING, 'br') ||
    says(Field.CONTENT_ENCODING, 'zstd') ||
    says(Field.CONTENT_ENCODING, 'compress')
  );
}
