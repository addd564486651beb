import { readFileSync, statSync } from 'node:fs';
import { PostureError } from '../posture-error.ts';
import { parseDocument } from './parse-document.ts';

/** Bytes of one file. CloudFormation itself takes 1 MB. */
const LONGEST_TEMPLATE = 4_000_000;

/** The text of a file. `file`: its name in messages. Throws a `PostureError` for what is no file, may not be read or is too long. */
export function readText(path: string, file: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new PostureError(`${file} is no file; name a template`);
  if (found.size > LONGEST_TEMPLATE)
    throw new PostureError(`${file} is longer than ${LONGEST_TEMPLATE} bytes; split the template`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PostureError(`${file} can't be read: ${(error as Error).message}`);
  }
}

/** The YAML or JSON of a file, as `parseDocument` reads it. */
export const readDocument = (path: string, file: string): unknown =>
  parseDocument(readText(path, file), file);
