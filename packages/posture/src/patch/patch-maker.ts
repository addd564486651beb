import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlan } from '../terraform/plan/read-plan.ts';
import type { Fix } from './fix.ts';
import { makePatch } from './make-patch.ts';
import { ParsedTemplate } from './parsed-template.ts';
import { TemplateEdit } from './template-edit.ts';

/** Written by hand: what a tool has made is to be changed where it is made from. */
const isWritten = (file: string) =>
  /\.(ya?ml|json)$/.test(file) &&
  !/(^|[/\\])(cdk\.out|\.serverless|\.aws-sam)[/\\]/.test(file) &&
  !/\.tf(plan|state)?\.json$/.test(file) &&
  !isPlan(file);

/** Makes patches of the files in a folder. */
export class PatchMaker {
  readonly #root: string;
  /** Undefined for what is not to be changed. */
  readonly #templates = new Map<string, ParsedTemplate | undefined>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The repair as a unified diff. Undefined where it can't be made in the file. */
  make({ file, change }: Fix): string | undefined {
    const parsed = this.#template(file);
    if (!parsed) return undefined;
    const edit = new TemplateEdit(parsed);
    const changed = change(edit) ? edit.render() : undefined;
    const { text } = edit.template;
    return changed === undefined || changed === text ? undefined : makePatch(file, text, changed);
  }

  #template(file: string): ParsedTemplate | undefined {
    if (this.#templates.has(file)) return this.#templates.get(file);
    const path = join(this.#root, file);
    const template = isWritten(path) ? new ParsedTemplate(readFileSync(path, 'utf8')) : undefined;
    this.#templates.set(file, template);
    return template;
  }
}
