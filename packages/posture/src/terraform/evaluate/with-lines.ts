import { PostureError } from '../../posture-error.ts';
import { parseDocument } from '../../template/parse-document.ts';
import type { Place } from '../../template/place.ts';
import { isObject, JsonText } from './values.ts';

const isJson = (text: string) => /^\s*\{/.test(text);

/** What the text of a file says that is YAML or JSON, with the lines of its members. Another text stays as it is. */
export const ofFile = (text: string, file: string): string | JsonText =>
  isJson(text) || /\.(ya?ml|json)(\.\w+)?$/.test(file) ? read(text, { file, line: 1, column: 1 }) : text;

/** What a text that is an object in JSON says, with the lines of its members. Another text stays as it is. */
export const withLines = (text: string, first: Place): string | JsonText =>
  isJson(text) ? read(text, first) : text;

function read(text: string, { file, line }: Place): string | JsonText {
  try {
    const value = parseDocument(text, file, line);
    return isObject(value) || Array.isArray(value) ? new JsonText(value) : text;
  } catch (error) {
    if (error instanceof PostureError) return text;
    throw error;
  }
}
