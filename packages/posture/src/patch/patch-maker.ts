import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HclDocument } from '../terraform/patch/hcl-document.ts';
import { HclEdit } from '../terraform/patch/hcl-edit.ts';
import { isPlan } from '../terraform/plan/read-plan.ts';
import type { Fix } from './fix.ts';
import { makePatch } from './make-patch.ts';
import { ParsedTemplate } from './parsed-template.ts';
import { TemplateEdit } from './template-edit.ts';

/** Written by hand: what a tool has made is to be changed where it is made from. */
const isWritten = (file: string) =>
  /\.(ya?ml|json|template)$/.test(file) &&
  !/(^|[/\\])(cdk\.out|\.serverless|\.aws-sam)[/\\]/.test(file) &&
  !/\.tf(plan|state)?\.json$/.test(file) &&
  !isPlan(file);

/** Makes patches of the files in a folder. */
export class PatchMaker {
  readonly #root: string;
  /** Undefined for what is not to be changed. */
  readonly #configurations = new Map<string, Promise<HclDocument>>();
  readonly #templates = new Map<string, ParsedTemplate | undefined>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The repair as a unified diff. Undefined where it can't be made in the file. */
  async make(fix: Fix): Promise<string | undefined> {
    const { file, change, changeHcl } = fix;
    if (file.endsWith('.tf')) {
      const document = await this.#configuration(file);
      const edit = new HclEdit(document);
      const changed = changeHcl?.(edit) ? edit.render() : undefined;
      return changed === undefined || changed === document.text
        ? undefined
        : makePatch(file, document.text, changed);
    }
    const parsed = this.#template(file);
    if (!parsed) return undefined;
    const edit = new TemplateEdit(parsed);
    const changed = change(edit) ? edit.render() : undefined;
    const { text } = edit.template;
    return changed === undefined || changed === text ? undefined : makePatch(file, text, changed);
  }

  #configuration(file: string): Promise<HclDocument> {
    const found = this.#configurations.get(file);
    if (found) return found;
    const folder = join(this.#root, dirname(file));
    const others = readdirSync(folder)
      .filter((name) => name.endsWith('.tf') && name !== basename(file))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    const text = readFileSync(join(this.#root, file), 'utf8');
    const document = HclDocument.parse(text, file, others.join('\n'));
    this.#configurations.set(file, document);
    return document;
  }

  #template(file: string): ParsedTemplate | undefined {
    if (this.#templates.has(file)) return this.#templates.get(file);
    const path = join(this.#root, file);
    const template = isWritten(path) ? new ParsedTemplate(readFileSync(path, 'utf8')) : undefined;
    this.#templates.set(file, template);
    return template;
  }
}
