/** Bytes that are not what they should be: what is wrong, and at which offset where that helps. */
export class FormatError extends Error {
  override name = 'FormatError';
}

/** Well-formed bytes whose signature does not hold. */
export class SignatureError extends FormatError {
  override name = 'SignatureError';
}
