const encoder = new TextEncoder();

/** One byte as a character, one `?`, or a run of stars. */
export type Token = { char: string } | { star: boolean; crosses: boolean };

const tokenize = (bytes: Uint8Array): Token[] =>
  (String.fromCharCode(...bytes).match(/\*+|[^*]/gs) ?? []).map((part) => {
    if (part.startsWith('*')) return { star: true, crosses: part.length > 1 };
    return part === '?' ? { star: false, crosses: false } : { char: part };
  });

/** A glob taken apart once, for being compared with many others. */
export class Glob {
  readonly text: string;
  readonly isLiteral: boolean;
  /** What stands before the first wildcard, behind the last one, and the longest text without any. */
  readonly prefix: string;
  readonly suffix: string;
  readonly longest: string;
  readonly bytes: Uint8Array;
  #tokens: Token[] | undefined;

  constructor(text: string) {
    const parts = text.split(/[*?]+/);
    this.text = text;
    this.isLiteral = parts.length === 1;
    this.prefix = parts.at(0) ?? '';
    this.suffix = parts.at(-1) ?? '';
    this.longest = parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
    this.bytes = encoder.encode(text);
  }

  get tokens(): Token[] {
    this.#tokens ??= tokenize(this.bytes);
    return this.#tokens;
  }
}
