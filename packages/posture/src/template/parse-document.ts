import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument as parseYaml,
} from 'yaml';
import { PostureError } from '../posture-error.ts';
import { inWords, notePlace, type Place, placeOf } from './place.ts';

/** Values of one document, with what aliases repeat. */
const MOST_VALUES = 500_000;
/** Levels of one document. */
const DEEPEST = 100;

/** The intrinsic functions that have a tag of their own: `!Sub` is `Fn::Sub`. */
const functionOf = (tag: string) =>
  tag === '!Ref' || tag === '!Condition' ? tag.slice(1) : `Fn::${tag.slice(1)}`;

class Reader {
  readonly #document: Document.Parsed<ParsedNode>;
  readonly #file: string;
  readonly #lines: LineCounter;
  // yaml looks for an alias's anchor in all of the document.
  readonly #anchored = new Map<Node, Node | null>();
  readonly #firstLine: number;
  #left = MOST_VALUES;

  constructor(document: Document.Parsed<ParsedNode>, file: string, lines: LineCounter, firstLine: number) {
    this.#firstLine = firstLine;
    this.#document = document;
    this.#file = file;
    this.#lines = lines;
  }

  placeOf(node: { range?: readonly number[] | null | undefined } | null | undefined): Place {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { file: this.#file, line: Math.max(line, 1) + this.#firstLine - 1, column: Math.max(col, 1) };
  }

  read(node: Node | null, depth = 0): unknown {
    if (--this.#left < 0)
      throw new PostureError(
        `${this.#file} has more than ${MOST_VALUES} values, counting what aliases repeat; split the template`,
      );
    if (depth > DEEPEST)
      throw new PostureError(`${inWords(this.placeOf(node))}: is nested more than ${DEEPEST} levels deep`);
    if (isAlias(node)) {
      const target = this.#anchored.get(node) ?? node.resolve(this.#document) ?? null;
      this.#anchored.set(node, target);
      return this.read(target, depth + 1);
    }
    const value = this.#readPlain(node, depth);
    const tag = node?.tag;
    if (!tag?.startsWith('!')) return value;
    const name = functionOf(tag);
    const call = { [name]: tag === '!GetAtt' && typeof value === 'string' ? splitAttribute(value) : value };
    const place = this.placeOf(node);
    notePlace(call, place, new Map([[name, place]]));
    return call;
  }

  #readPlain(node: Node | null, depth: number): unknown {
    if (isScalar(node)) return node.value;
    const members = new Map<string | number, Place>();
    if (isSeq<Node>(node)) {
      const list = node.items.map((item, index) => {
        members.set(index, this.placeOf(item));
        return this.read(item, depth + 1);
      });
      notePlace(list, this.placeOf(node), members);
      return list;
    }
    if (!isMap<Node, Node | null>(node)) return null;
    const merged: [string, unknown][] = [];
    const entries = node.items.flatMap(({ key, value }): [string, unknown][] => {
      const name = String(isScalar(key) ? key.value : '');
      const read = this.read(value, depth + 1);
      if (name === '<<') merged.push(...mergedEntries(read, members));
      else members.set(name, this.placeOf(key));
      return name === '<<' ? [] : [[name, read]];
    });
    const object = Object.fromEntries([...merged, ...entries]);
    notePlace(object, this.placeOf(node), members);
    return object;
  }
}

/** The members that `<<` brings into a mapping, of one other or of a list of them; the first one counts. Notes where they stand. */
function mergedEntries(value: unknown, members: Map<string | number, Place>): [string, unknown][] {
  return (Array.isArray(value) ? [...value].reverse() : [value]).flatMap((other: unknown) => {
    if (typeof other !== 'object' || other === null) return [];
    for (const name of Object.keys(other)) {
      const place = placeOf(other, name);
      if (place && !members.has(name)) members.set(name, place);
    }
    return Object.entries(other);
  });
}

/** `Table.StreamArn`; of a nested stack `Stack.Outputs.Name`. */
function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

/**
 * Reads YAML or JSON, short forms of intrinsic functions included, as plain JSON of which `placeOf` knows the lines. Throws a
 * `PostureError` that names file, line and column. `firstLine`: of the text in the file.
 */
export function parseDocument(text: string, file: string, firstLine = 1): unknown {
  const lines = new LineCounter();
  const document = parseYaml(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const reader = new Reader(document, file, lines, firstLine);
  const [error] = document.errors;
  if (error) throw new PostureError(`${inWords(reader.placeOf({ range: error.pos }))}: ${error.message}`);
  return reader.read(document.contents);
}
