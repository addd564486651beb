import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fix } from './fix.ts';
import { makePatch } from './make-patch.ts';
import { ParsedTemplate } from './parsed-template.ts';
import { TemplateEdit } from './template-edit.ts';

/** Written by hand: what a tool has made is to be changed where it is made from. */
const isWritten = (file: string) =>
  /\.(ya?ml|json)$/.test(file) &&
  !/(^|[/\\])(cdk\.out|\.serverless|\.aws-sam)[/\\]/.test(file) &&
  !/\.tf(plan|state)?\.json$/.test(file);

/** Makes patches of the files in a folder. */
export class PatchMaker {
  readonly #root: string;
  readonly #templates = new Map<string, ParsedTemplate>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The repair as a unified diff. Undefined where it can't be made in the file. */
  make({ file, change }: Fix): string | undefined {
    if (!isWritten(join(this.#root, file))) return undefined;
    const edit = new TemplateEdit(this.#template(file));
    const changed = change(edit) ? edit.render() : undefined;
    const { text } = edit.template;
    return changed === undefined || changed === text ? undefined : makePatch(file, text, changed);
  }

  #template(file: string): ParsedTemplate {
    const template =
      this.#templates.get(file) ?? new ParsedTemplate(readFileSync(join(this.#root, file), 'utf8'));
    this.#templates.set(file, template);
    return template;
  }
}
