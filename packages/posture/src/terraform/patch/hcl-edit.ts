import { ParsedTemplate } from '../../patch/parsed-template.ts';
import { TemplateEdit } from '../../patch/template-edit.ts';
import { applyEdits, type TextEdit } from '../../patch/text-edits.ts';
import { coreOf, type HclDocument, itemsOf, type Piece } from './hcl-document.ts';

/** Changes of single places of a configuration; all else stays as it is written. */
export class HclEdit {
  readonly document: HclDocument;
  readonly #edits: TextEdit[] = [];
  readonly #removed = new Set<Piece>();
  readonly #heredocs = new Map<Piece, { start: number; end: number; edit: TemplateEdit }>();

  constructor(document: HclDocument) {
    this.document = document;
  }

  replace({ start, end }: Piece, text: string): void {
    this.#edits.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  isRemoved(piece: Piece): boolean {
    return this.#removed.has(piece);
  }

  /** Takes a block out, with its lines and the empty one behind it. Gives where the next begins. */
  removeBlock(block: Piece): number {
    const { document } = this;
    this.#removed.add(block);
    const start = document.lineStart(block.start);
    const end = Math.min(document.lineEnd(block.end) + 1, document.text.length);
    const [behind = ''] = /^[ \t]*\n/.exec(document.text.slice(end)) ?? [];
    this.#edits.push({ start, end: end + behind.length, text: '' });
    return end + behind.length;
  }

  /** Takes items out of a list. */
  removeItems(list: Piece, removed: readonly Piece[]): void {
    const { document } = this;
    const items = itemsOf(list) ?? [];
    for (const item of removed) this.#removed.add(item);
    for (const item of removed) {
      const index = items.indexOf(item);
      const next = items[index + 1];
      const before = items.slice(0, index).findLast((each) => !this.#removed.has(each));
      const isLast = items.slice(index).every((each) => this.#removed.has(each));
      if (document.hasOwnLines(item))
        this.#edits.push({
          start: document.lineStart(item.start),
          end: Math.min(document.lineEnd(item.end) + 1, document.text.length),
          text: '',
        });
      else if (next && !isLast) this.#edits.push({ start: item.start, end: next.start, text: '' });
      else this.#edits.push({ start: before?.end ?? item.start, end: item.end, text: '' });
    }
  }

  /** The changes of the JSON that a text over several lines has. Undefined for another value. */
  ofHeredoc(value: Piece): TemplateEdit | undefined {
    const heredoc = coreOf(value);
    if (heredoc.type !== 'heredoc_template') return undefined;
    const found = this.#heredocs.get(heredoc);
    if (found) return found.edit;
    const { text } = this.document;
    const start = text.indexOf('\n', heredoc.start) + 1;
    const end = text.lastIndexOf('\n', heredoc.end) + 1;
    const template = new ParsedTemplate(text.slice(start, end));
    if (!template.isJson || end <= start) return undefined;
    const edit = new TemplateEdit(template);
    this.#heredocs.set(heredoc, { start, end, edit });
    return edit;
  }

  /** The text with all changes. Undefined where one of them would touch what it should not. */
  render(): string | undefined {
    const inner = [...this.#heredocs.values()].map(({ start, end, edit }) => ({
      start,
      end,
      text: edit.render(),
    }));
    const edits = inner.flatMap(({ text, ...range }) => (text === undefined ? [] : [{ ...range, text }]));
    return edits.length < inner.length
      ? undefined
      : applyEdits(this.document.text, [...this.#edits, ...edits]);
  }
}
