import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import type { Place } from '../template/place.ts';

export type Member = Pair<Node, Node | null>;

/** A value in a template, with what it is in. */
export interface Spot {
  node: Node;
  /** The list or the mapping that holds it; undefined for the whole. */
  parent?: Spot;
  /** The member that it is the value of. */
  member?: Member;
}

const isMapping = isMap<Node, Node | null>;

/** The text of a template, YAML or JSON, and where in it the values stand. */
export class ParsedTemplate {
  readonly text: string;
  readonly isJson: boolean;
  readonly #root: Node | null;
  readonly #lines = new LineCounter();
  readonly #spots = new Map<Node, Spot>();
  readonly #byOffset = new Map<number, Spot>();
  readonly #byKey = new Map<number, Spot>();

  constructor(text: string) {
    this.text = text;
    this.isJson = text.trimStart().startsWith('{');
    const document: Document.Parsed<ParsedNode> = parseDocument(text, {
      lineCounter: this.#lines,
      logLevel: 'error',
    });
    this.#root = document.contents as Node | null;
    if (this.#root) this.#index({ node: this.#root });
  }

  #index(spot: Spot): void {
    const { node, member } = spot;
    this.#spots.set(node, spot);
    // Of those that begin at one place, the innermost: the mapping in a list, not the list.
    this.#byOffset.set(node.range?.[0] ?? -1, spot);
    if (member) this.#byKey.set(member.key.range?.[0] ?? -1, spot);
    if (isSeq<Node>(node)) for (const item of node.items) this.#index({ node: item, parent: spot });
    if (isMapping(node))
      for (const each of node.items)
        if (each.value) this.#index({ node: each.value, parent: spot, member: each });
  }

  #offsetOf({ line, column }: Place): number {
    return (this.#lines.lineStarts[line - 1] ?? 0) + column - 1;
  }

  /** The value that begins at the place. */
  at(place: Place): Spot | undefined {
    return this.#byOffset.get(this.#offsetOf(place));
  }

  /** The value whose key begins at the place. */
  ofKeyAt(place: Place): Spot | undefined {
    return this.#byKey.get(this.#offsetOf(place));
  }

  /** What lies behind the names, from there. */
  within(spot: Spot | undefined, ...names: string[]): Spot | undefined {
    return names.reduce<Spot | undefined>((from, name) => {
      const found = isMapping(from?.node)
        ? from.node.items.find(({ key }) => isScalar(key) && key.value === name)
        : undefined;
      return found?.value ? this.#spots.get(found.value) : undefined;
    }, spot);
  }

  get root(): Spot | undefined {
    return this.#root ? this.#spots.get(this.#root) : undefined;
  }

  /** The texts that a list has, or the one that stands in place of a list. */
  textsOf(spot: Spot | undefined): string[] {
    if (!spot) return [];
    const nodes = isSeq<Node>(spot.node) ? spot.node.items : [spot.node];
    return nodes.flatMap((node) => (isScalar(node) && typeof node.value === 'string' ? [node.value] : []));
  }

  /** The names of what a section of the template has. */
  keysOf(section: string): string[] {
    const root = this.#root;
    const { value } = (isMapping(root) && root.items.find(({ key }) => String(key) === section)) || {};
    return isMapping(value) ? value.items.map(({ key }) => String(key)) : [];
  }

  /** The items of a list. */
  itemsOf({ node }: Spot): Spot[] {
    return isSeq<Node>(node) ? node.items.flatMap((item) => this.#spots.get(item) ?? []) : [];
  }

  /** Where the node begins, with its tag. */
  startOf(node: Node): number {
    const [start] = node.range ?? [0];
    const [tag = ''] = /[!&]\S+\s+$/.exec(this.text.slice(this.lineStart(start), start)) ?? [];
    return start - tag.length;
  }

  /** Behind the last of its content, without what stands behind that on the line. */
  endOf(node: Node): number {
    const [start = 0, end = 0] = node.range ?? [];
    if (isScalar(node)) return start + this.text.slice(start, end).trimEnd().length;
    if (isSeq<Node>(node) && !node.flow) {
      const last = node.items.at(-1);
      return last ? this.endOf(last) : end;
    }
    if (isMapping(node) && !node.flow) {
      const last = node.items.at(-1);
      return last?.value ? this.endOf(last.value) : (last?.key.range?.[1] ?? end);
    }
    return end;
  }

  lineStart(offset: number): number {
    return offset === 0 ? 0 : this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Where the line ends, before its break. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end;
  }

  /** The white space that the line begins with. */
  indentationAt(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset), offset))?.[0] ?? '';
  }
}
