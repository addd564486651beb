import { Composer, type Document, isScalar, Lexer, LineCounter, Parser, visit } from 'yaml';

/** Where in the text, counted from 1. */
export type YamlPlace = { line: number; column: number };
/** What is wrong at an offset of the text. */
export type YamlFault = { offset: number; message: string };
export type YamlResult =
  | { ok: true; value: unknown; document: Document.Parsed; locate: (offset: number) => YamlPlace }
  | { ok: false; faults: YamlFault[]; locate: (offset: number) => YamlPlace };

const MAX_DEPTH = 64;
const MAX_ALIASES = 100;
/** More than a person reads; a hostile file can hold a million. */
export const MAX_ERRORS = 100;

/** The first two documents of the text, or where it is nested too deeply: the composer would take endless time and memory. */
function composeDocuments(text: string, lineCounter: LineCounter): Document.Parsed[] | YamlFault {
  lineCounter.addNewLine(0);
  const parser = new Parser(lineCounter.addNewLine);
  const tokens = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) return { offset, message: 'is nested too deeply' };
    offset += lexeme.length;
  }
  tokens.push(...parser.end());
  // The composer compares each key with all others; findMisuse does the same in linear time.
  const composer = new Composer({ stringKeys: true, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens, true, text.length)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

/** Keys that come twice, and aliases that lead nowhere or are too many: the means of a YAML bomb. */
function findMisuse(document: Document.Parsed): YamlFault[] {
  const found: YamlFault[] = [];
  let aliases = 0;
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value) && found.length < MAX_ERRORS)
          found.push({ offset: key.range?.[0] ?? 0, message: `the key "${key.value}" comes twice` });
        seen.add(key.value);
      }
    },
    Alias(_, alias) {
      const offset = alias.range?.[0] ?? 0;
      if (++aliases > MAX_ALIASES) {
        found.push({ offset, message: `there are more than ${MAX_ALIASES} aliases` });
        return visit.BREAK;
      }
      if (alias.resolve(document) === undefined)
        found.push({
          offset,
          message: `no anchor &${alias.source} comes before this alias; a text that begins with * stands in quotes`,
        });
      return undefined;
    },
  });
  return found;
}

function readDocument(
  text: string,
  lineCounter: LineCounter,
): { value: unknown; document: Document.Parsed } | YamlFault[] {
  const composed = composeDocuments(text, lineCounter);
  if (!Array.isArray(composed)) return [composed];
  const [document, second] = composed;
  if (document === undefined) return [{ offset: 0, message: 'the file is empty' }];
  const syntax: YamlFault[] = [...document.errors, ...document.warnings]
    .slice(0, MAX_ERRORS)
    .map(({ pos, message }) => ({ offset: pos[0], message }));
  if (second !== undefined)
    syntax.push({
      offset: second.range[0],
      message: 'a second document begins here; the file must be one document',
    });
  syntax.push(...findMisuse(document));
  if (syntax.length > 0) return syntax;
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), document };
  } catch (error) {
    // What the library throws when few aliases stand for very much.
    if (!(error instanceof ReferenceError)) throw error;
    return [{ offset: 0, message: 'its aliases stand for too much' }];
  }
}

/** Reads one document of YAML (or JSON, which is YAML too) of at most `most` bytes. Never throws for what the text holds. */
export function readYaml(text: string, most: number): YamlResult {
  const lineCounter = new LineCounter();
  const locate = (offset: number): YamlPlace => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const read =
    text.length > most || new TextEncoder().encode(text).length > most
      ? [{ offset: 0, message: `the file is larger than ${most} bytes` }]
      : readDocument(text, lineCounter);
  if ('value' in read) return { ok: true, ...read, locate };
  return { ok: false, faults: read, locate };
}
