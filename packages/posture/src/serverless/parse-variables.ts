// `${source(parameters):address, fallback}` of the Serverless Framework. What has no source, `${Table}` and `${AWS::Region}`, is
// CloudFormation's.

/** Where a variable may have its value from: a source of the framework, another variable, or the value itself. */
export type Source =
  | { type: string; parameters: Part[]; address: Part[] }
  | { variable: Source[] }
  | { value: unknown };

/** A piece of a text: plain, or a variable with its sources in their order. */
export type Part = string | { written: string; sources: Source[] };

const opening = /\$\{(?=\s*(?:[A-Za-z][\w-]*(?:\(|:(?!:))|['"]))/y;
const typed = /([A-Za-z][\w-]*)(?=[(:])/y;
const bare = /[^,}]*/y;
const plainValues: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** Variables in variables. */
const DEEPEST = 30;

class Parser {
  #at = 0;
  #depth = 0;
  /** Whether some variable does not end; then nothing more is read. */
  isBroken = false;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads pieces up to one of the characters, or the end. */
  readParts(stops: string): Part[] {
    const parts: Part[] = [];
    let plain = '';
    while (!this.isBroken && this.#at < this.#text.length && !stops.includes(this.#text.charAt(this.#at))) {
      const variable = this.#readVariable();
      if (variable) {
        if (plain !== '') parts.push(plain);
        parts.push(variable);
        plain = '';
      } else plain += this.#text.charAt(this.#at++);
    }
    if (plain !== '') parts.push(plain);
    return parts;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** Undefined where none begins. */
  #readVariable(): Exclude<Part, string> | undefined {
    const start = this.#at;
    if (this.#match(opening) === undefined) return undefined;
    this.isBroken ||= ++this.#depth > DEEPEST;
    const sources: Source[] = [];
    do sources.push(this.#readSource());
    while (!this.isBroken && this.#match(/\s*,/y) !== undefined);
    this.isBroken ||= this.#match(/\s*\}/y) === undefined;
    this.#depth--;
    return { written: this.#text.slice(start + 2, this.#at - 1).trim(), sources };
  }

  #readSource(): Source {
    this.#match(/\s*/y);
    const quoted = this.#match(/'[^']*'|"[^"]*"/y);
    if (quoted !== undefined) return { value: quoted.slice(1, -1) };
    const variable = this.#readVariable();
    if (variable) return { variable: variable.sources };
    const type = this.#match(typed);
    if (type === undefined) return { value: plainValue((this.#match(bare) ?? '').trim()) };
    let parameters: Part[] = [];
    if (this.#match(/\(/y) !== undefined) {
      parameters = this.readParts(')');
      this.#match(/\)/y);
    }
    const address = this.#match(/:/y) === undefined ? [] : this.readParts(',}');
    return { type, parameters, address };
  }
}

const plainValue = (text: string): unknown =>
  Object.hasOwn(plainValues, text) ? plainValues[text] : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;

/** The pieces of a text. Where a variable in it does not end, all of it is plain. */
export function parseVariables(text: string): Part[] {
  if (!text.includes('${')) return [text];
  const parser = new Parser(text);
  const parts = parser.readParts('');
  return parser.isBroken ? [text] : parts;
}
