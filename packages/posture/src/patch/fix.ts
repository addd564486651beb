import type { TemplateEdit } from './template-edit.ts';

/** How to repair something in the file that it is written in. */
export interface Fix {
  /** From the folder that was looked at. */
  file: string;
  /** False where it can't be done there; the edit is then to be thrown away. */
  change(edit: TemplateEdit): boolean;
}
