import { PostureError } from '../../posture-error.ts';
import { parseDocument } from '../../template/parse-document.ts';
import type { Place } from '../../template/place.ts';
import { isObject, JsonText } from './values.ts';

/** What a text that is an object in JSON says, with the lines of its members; `first` is where the text begins. Another text stays as it is. */
export function withLines(text: string, { file, line }: Place): string | JsonText {
  if (!/^\s*\{/.test(text)) return text;
  try {
    const value = parseDocument(text, file, line);
    return isObject(value) ? new JsonText(value) : text;
  } catch (error) {
    if (error instanceof PostureError) return text;
    throw error;
  }
}
