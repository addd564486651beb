/** A piece of a text that is to be another; `end` is behind it. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** The text with all of the edits. Of those that are in each other's way only the first stands, and what is within a removed piece goes with it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.toSorted((one, other) => one.start - other.start || other.end - one.end);
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of sorted) {
    if (start < at) continue;
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
