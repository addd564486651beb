import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  stringify,
  visit,
} from 'yaml';
import { checkPolicy, formatPath, type PathPart, type PolicyProblem } from './check-policy.ts';
import { Policy } from './policy-schema.ts';

/** What is wrong in a file: line and column count from 1; `path` is empty for an error of YAML's own syntax. */
export type YamlProblem = { file: string; line: number; column: number; path: string; message: string };
/** Where in the file, counted from 1. */
export type YamlPlace = { line: number; column: number };
/** `locate` finds the value at a path of the policy, or what holds it when it is a default. */
export type PolicyYamlResult =
  | { ok: true; policy: Policy; locate: (path: PathPart[]) => YamlPlace }
  | { ok: false; errors: YamlProblem[] };

/** The largest policy file, in bytes. */
export const POLICY_YAML_BYTES = 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_ALIASES = 100;
/** More than a person reads; a hostile file can hold a million. */
const MAX_ERRORS = 100;

type Found = { offset: number; path?: PathPart[]; message: string };

/** The first two documents of the text, or where it is nested too deeply: the composer would take endless time and memory. */
function composeDocuments(text: string, lineCounter: LineCounter): Document.Parsed[] | Found {
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
function findMisuse(document: Document.Parsed): Found[] {
  const found: Found[] = [];
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

/** Where the key or the value at the path begins; for what is missing, where its nearest holder begins. */
function findOffset(document: Document.Parsed, { path, at }: Pick<PolicyProblem, 'path' | 'at'>): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      : undefined;
    const child = isSeq(node) ? node.items[Number(part)] : pair?.value;
    const shown = at === 'key' && depth === path.length - 1 ? pair?.key : child;
    if (!isNode(shown)) break;
    offset = shown.range?.[0] ?? offset;
    node = child;
  }
  return offset;
}

function readDocument(
  text: string,
  lineCounter: LineCounter,
): { policy: Policy; document: Document.Parsed } | Found[] {
  const composed = composeDocuments(text, lineCounter);
  if (!Array.isArray(composed)) return [composed];
  const [document, second] = composed;
  if (document === undefined) return [{ offset: 0, message: 'the file is empty' }];
  const syntax: Found[] = [...document.errors, ...document.warnings]
    .slice(0, MAX_ERRORS)
    .map(({ pos, message }) => ({ offset: pos[0], message }));
  if (second !== undefined)
    syntax.push({
      offset: second.range[0],
      message: 'a second document begins here; a policy is one document',
    });
  syntax.push(...findMisuse(document));
  if (syntax.length > 0) return syntax;

  let input: unknown;
  try {
    input = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // What the library throws when few aliases stand for very much.
    if (!(error instanceof ReferenceError)) throw error;
    return [{ offset: 0, message: 'its aliases stand for too much' }];
  }
  const check = checkPolicy(input);
  if (check.ok) return { policy: check.policy, document };
  return check.problems
    .slice(0, MAX_ERRORS)
    .map((problem) => ({ ...problem, offset: findOffset(document, problem) }));
}

/**
 * Reads a policy from YAML (or JSON, which is YAML too). Never throws for what the text holds; errors are in the order of the
 * file, and at most about a hundred.
 */
export function parsePolicyYaml(text: string, fileName: string): PolicyYamlResult {
  if (text.length > POLICY_YAML_BYTES || Buffer.byteLength(text) > POLICY_YAML_BYTES) {
    const message = `the file is larger than ${POLICY_YAML_BYTES} bytes`;
    return { ok: false, errors: [{ file: fileName, line: 1, column: 1, path: '', message }] };
  }
  const lineCounter = new LineCounter();
  const read = readDocument(text, lineCounter);
  const locateOffset = (offset: number): YamlPlace => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if ('policy' in read) {
    const { policy, document } = read;
    const locate = (path: PathPart[]) => locateOffset(findOffset(document, { path, at: 'value' }));
    return { ok: true, policy, locate };
  }
  const errors = read
    .sort((a, b) => a.offset - b.offset)
    .map(
      ({ offset, path = [], message }): YamlProblem => ({
        file: fileName,
        ...locateOffset(offset),
        path: formatPath(path),
        message,
      }),
    );
  return { ok: false, errors };
}

/** The policy as YAML, with every default written out and keys in a fixed order. */
export function formatPolicyYaml(policy: Policy): string {
  return stringify(Policy.parse(policy), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** One error as one line: `file:line:column: path message`. */
export function formatYamlProblem({ file, line, column, path, message }: YamlProblem): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path} `}${message}`;
}
