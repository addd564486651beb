import { isScalar } from 'yaml';
import type { Place } from '../template/place.ts';
import type { TemplateEdit } from './template-edit.ts';

/** How to repair something in the file that it is written in. */
export interface Fix {
  /** From the folder that was looked at. */
  file: string;
  /** False where it can't be done there; the edit is then to be thrown away. */
  change(edit: TemplateEdit): boolean;
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
  };
}
