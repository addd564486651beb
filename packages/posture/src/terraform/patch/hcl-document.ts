import type { Node } from 'web-tree-sitter';
import type { Place } from '../../template/place.ts';
import { withTree } from '../hcl/parse-hcl.ts';

/** A piece of a configuration's text, and what it is in. */
export interface Piece {
  type: string;
  start: number;
  /** Behind it. */
  end: number;
  children: Piece[];
  parent?: Piece;
}

/** The text of a configuration's file, and where in it the blocks and the values stand. */
export class HclDocument {
  readonly text: string;
  /** The texts of the other files in the folder. */
  readonly others: string;
  readonly #lineStarts = [0];
  readonly #byStart = new Map<number, Piece[]>();
  readonly #root: Piece;

  private constructor(text: string, others: string, root: Node) {
    this.text = text;
    this.others = others;
    for (const { index } of text.matchAll(/\n/g)) this.#lineStarts.push(index + 1);
    this.#root = this.#copy(root);
  }

  /** Rejects with a `PostureError` for what is not Terraform's language. */
  static parse(text: string, file: string, others: string): Promise<HclDocument> {
    return withTree(text, file, (root) => new HclDocument(text, others, root));
  }

  #copy({ type, startIndex: start, endIndex: end, children }: Node, parent?: Piece): Piece {
    const piece: Piece = { type, start, end, children: [], ...(parent && { parent }) };
    this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), piece]);
    piece.children.push(...children.map((child) => this.#copy(child, piece)));
    return piece;
  }

  readonly #offsetOf = ({ line, column }: Place) => (this.#lineStarts[line - 1] ?? 0) + column - 1;

  /** The piece of that type that the place is in. */
  around(place: Place | undefined, type: string): Piece | undefined {
    const offset = place && this.#offsetOf(place);
    if (offset === undefined) return undefined;
    let piece: Piece | undefined = this.#root;
    while (piece && piece.type !== type)
      piece = piece.children.find(({ start, end }) => start <= offset && offset < end);
    return piece;
  }

  /** The piece of that type that begins at the place. */
  at(place: Place | undefined, ...types: string[]): Piece | undefined {
    const start = place && this.#offsetOf(place);
    return start === undefined
      ? undefined
      : this.#byStart.get(start)?.find(({ type }) => types.includes(type));
  }

  textOf({ start, end }: Piece): string {
    return this.text.slice(start, end);
  }

  /** The value of an argument of a block, or of a member of an object. */
  valueIn(piece: Piece, name: string): Piece | undefined {
    const inside = piece.children.find(({ type }) => type === 'body')?.children ?? piece.children;
    const found = inside.find(
      ({ type, children: [key] }) =>
        (type === 'attribute' || type === 'object_elem') &&
        key !== undefined &&
        this.textOf(key).replace(/^"|"$/g, '') === name,
    );
    return found && argumentOf(found);
  }

  /** The text of a constant text. */
  constantOf(piece: Piece): string | undefined {
    const core = coreOf(piece);
    const [, text] = /^"([^"\\]*)"$/.exec(this.textOf(core)) ?? [];
    return core.type === 'string_lit' && text?.includes('${') === false ? text : undefined;
  }

  /** The type and the labels of a block. */
  headOf({ children }: Piece): string[] {
    return children
      .filter(({ type }) => type === 'identifier' || type === 'string_lit')
      .map((child) => this.textOf(child).replace(/^"|"$/g, ''));
  }

  lineStart(offset: number): number {
    return offset === 0 ? 0 : this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Before the line's break. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end;
  }

  indentationAt(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset), offset))?.[0] ?? '';
  }

  /** Whether nothing else stands on its lines but a comma and a comment behind it. */
  hasOwnLines({ start, end }: Piece): boolean {
    return (
      /^[ \t]*$/.test(this.text.slice(this.lineStart(start), start)) &&
      /^[ \t]*,?[ \t]*(#.*|\/\/.*)?$/.test(this.text.slice(end, this.lineEnd(end)))
    );
  }
}

/** The value of an argument or a member. */
export const argumentOf = ({ children }: Piece): Piece | undefined => children.at(-1);

/** What is wrapped in nodes of one child. */
export function coreOf(piece: Piece): Piece {
  const [only, ...others] = piece.children;
  return only && others.length === 0 && piece.type !== 'string_lit' ? coreOf(only) : piece;
}

/** The items of a list that is written out. */
export function itemsOf(piece: Piece): Piece[] | undefined {
  const core = coreOf(piece);
  return core.type === 'tuple' ? core.children.filter(({ type }) => type === 'expression') : undefined;
}

/** The block of that type around it. */
export function blockAround(piece: Piece | undefined): Piece | undefined {
  return piece === undefined || piece.type === 'block' ? piece : blockAround(piece.parent);
}
