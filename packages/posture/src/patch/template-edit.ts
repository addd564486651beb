import { isMap, isSeq, type Node } from 'yaml';
import type { ParsedTemplate, Spot } from './parsed-template.ts';
import { renderBlock, renderFlow, renderJson } from './render-policy.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';

const isFlow = (node: Node | undefined): boolean => (isSeq(node) || isMap(node)) && node.flow === true;

/** Changes of single places of a template; all else stays as it is written. */
export class TemplateEdit {
  readonly template: ParsedTemplate;
  readonly #removed = new Map<Node, Spot>();
  readonly #edits: TextEdit[] = [];

  constructor(template: ParsedTemplate) {
    this.template = template;
  }

  /** Puts a value in the place of another; `key` where its member is to be called otherwise. */
  replace({ node, member, parent }: Spot, value: unknown, key?: string): void {
    const { template } = this;
    const end = template.endOf(node);
    const start = member?.key.range?.[0];
    if (!member || start === undefined) {
      const text = isFlow(parent?.node)
        ? this.#flow(value, template.indentationAt(end))
        : this.#item(value, this.#columnOf(template.startOf(node)));
      this.#edits.push({ start: template.startOf(node), end, text });
      return;
    }
    const written = template.text.slice(start, member.key.range?.[1]);
    const name = key === undefined ? written : this.#key(key);
    const text =
      isFlow(parent?.node) || isFlow(node)
        ? ` ${this.#flow(value, template.indentationAt(start))}`
        : renderBlock(value, `${this.#columnOf(start)}  `);
    this.#edits.push({ start, end, text: `${name}:${text}` });
  }

  /** Takes an item or a member out, and the lists that this leaves empty. */
  remove(spot: Spot): void {
    this.#removed.set(spot.node, spot);
    const { parent } = spot;
    if (parent && isSeq<Node>(parent.node) && parent.node.items.every((item) => this.#removed.has(item)))
      this.remove(parent);
  }

  /** Whether it goes, or what it is in. */
  isRemoved({ node, parent }: Spot): boolean {
    return this.#removed.has(node) || (parent !== undefined && this.isRemoved(parent));
  }

  /** Puts items behind one of a list. */
  insertBehind({ node, parent }: Spot, items: unknown[]): void {
    const { template } = this;
    const start = template.startOf(node);
    const end = template.endOf(node);
    const indentation = template.indentationAt(start);
    if (!isFlow(parent?.node)) {
      const at = template.lineEnd(end);
      const text = items.map((item) => `\n${indentation}- ${this.#item(item, `${indentation}  `)}`).join('');
      this.#edits.push({ start: at, end: at, text });
      return;
    }
    const isOwnLine = indentation.length === start - template.lineStart(start);
    const separator = isOwnLine ? `,\n${indentation}` : ', ';
    const text = items.map((item) => separator + this.#flow(item, indentation)).join('');
    this.#edits.push({ start: end, end, text });
  }

  /** Puts a member behind the last of a mapping. False where that can't be done. */
  addMember({ node }: Spot, name: string, value: unknown): boolean {
    const { template } = this;
    const last = isMap<Node, Node | null>(node) ? node.items.at(-1) : undefined;
    const start = last?.key.range?.[0];
    if (!last || start === undefined) return false;
    const end = last.value ? template.endOf(last.value) : (last.key.range?.[1] ?? start);
    const column = this.#columnOf(start);
    if (!isFlow(node)) {
      const at = template.lineEnd(end);
      this.#edits.push({
        start: at,
        end: at,
        text: `\n${column}${name}:${renderBlock(value, `${column}  `)}`,
      });
      return true;
    }
    const indentation = template.indentationAt(start);
    const isOwnLine = indentation.length === column.length;
    const text = `${isOwnLine ? `,\n${indentation}` : ', '}${this.#key(name)}: ${this.#flow(value, indentation)}`;
    this.#edits.push({ start: end, end, text });
    return true;
  }

  /** The text with all changes. Undefined where one of them would touch what it should not. */
  render(): string | undefined {
    const removals = [...this.#removed.values()].map((spot) => this.#removal(spot));
    if (removals.includes(undefined)) return undefined;
    return applyEdits(this.template.text, [...removals.filter((edit) => edit !== undefined), ...this.#edits]);
  }

  #removal({ node, parent, member }: Spot): TextEdit | undefined {
    const { template } = this;
    if (!parent) return undefined;
    const start = member?.key.range?.[0] ?? template.startOf(node);
    const end = template.endOf(node);
    if (isFlow(parent.node)) return this.#flowRemoval(start, end, this.#isLastLeft(parent.node, node));
    const lineStart = template.lineStart(start);
    const lead = template.text.slice(lineStart, start);
    // What begins on the line of another's dash can't go without it.
    if (!/^[ \t]*$/.test(member ? lead : lead.replace(/-[ \t]+$/, ''))) return undefined;
    return { start: lineStart, end: Math.min(template.lineEnd(end) + 1, template.text.length), text: '' };
  }

  /** Whether all that stands behind it is removed, too. */
  #isLastLeft(parent: Node, node: Node): boolean {
    const values: (Node | null)[] = isSeq<Node>(parent)
      ? parent.items
      : isMap<Node, Node | null>(parent)
        ? parent.items.map(({ value }) => value)
        : [];
    return values.slice(values.indexOf(node) + 1).every((value) => value && this.#removed.has(value));
  }

  #flowRemoval(start: number, end: number, isLast: boolean): TextEdit {
    const { text } = this.template;
    if (!isLast) {
      const [behind = ''] = /^\s*,\s*/.exec(text.slice(end)) ?? [];
      return { start, end: end + behind.length, text: '' };
    }
    const [before = ''] = /,\s*$/.exec(text.slice(0, start)) ?? [];
    return { start: start - before.length, end, text: '' };
  }

  #key(name: string): string {
    return this.template.isJson ? JSON.stringify(name) : name;
  }

  #columnOf(offset: number): string {
    return ' '.repeat(offset - this.template.lineStart(offset));
  }

  /** As it stands behind the dash of an item. */
  #item(value: unknown, indentation: string): string {
    return renderBlock(value, indentation).trimStart();
  }

  #flow(value: unknown, indentation: string): string {
    const { isJson, text } = this.template;
    if (!isJson) return renderFlow(value);
    const step = /\n([ \t]+)"/.exec(text)?.[1];
    return step === undefined ? JSON.stringify(value) : renderJson(value, step, indentation);
  }
}
