import { isScalar } from 'yaml';
import type { Place } from '../template/place.ts';
import { argumentOf } from '../terraform/patch/hcl-document.ts';
import type { HclEdit } from '../terraform/patch/hcl-edit.ts';
import type { TemplateEdit } from './template-edit.ts';

/** How to repair something in the file that it is written in. */
export interface Fix {
  /** From the folder that was looked at. */
  file: string;
  /** False where it can't be done there; the edit is then to be thrown away. */
  change(edit: TemplateEdit): boolean;
  /** As `change`, in a configuration of Terraform. */
  changeHcl?(edit: HclEdit): boolean;
}

/** Puts another value in the place of the one whose key is there; undefined where no file says it. */
export function changeValue(place: Place | undefined, from: string, to: string): Fix | undefined {
  if (!place) return undefined;
  return {
    file: place.file,
    change(edit) {
      const spot = edit.template.ofKeyAt(place);
      // What is not written there itself, comes from a parameter or from what all have.
      if (!isScalar(spot?.node) || spot.node.tag?.startsWith('!') || spot.node.value !== from) return false;
      edit.replace(spot, to);
      return true;
    },
    changeHcl(edit) {
      const attribute = edit.document.at(place, 'attribute');
      const value = attribute && argumentOf(attribute);
      if (!value || edit.document.constantOf(value) !== from) return false;
      edit.replace(value, JSON.stringify(to));
      return true;
    },
  };
}
