/**
 * The text on one line, without control characters, what turns the direction of writing, and what XML forbids: names and summaries come from
 * packages, which may be hostile.
 */
export const plainText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufffe\uffff\s]+/gu, ' ').trim();
