import { parsePatch } from 'diff';
import { makePatch } from './make-patch.ts';

/** Lines of a file that are to be others; counted from 0, `end` is behind the last. */
interface LineEdit {
  start: number;
  end: number;
  lines: string[];
}

export interface MergedPatches {
  /** All of them as one patch. */
  patch: string;
  merged: number;
  /** How many change what another changes, too. */
  left: number;
}

/** The changes of a patch, by file, without the lines around them. */
function editsOf(patch: string): Map<string, LineEdit[]> {
  const edits = new Map<string, LineEdit[]>();
  for (const { oldFileName = '', hunks } of parsePatch(patch)) {
    const of: LineEdit[] = [];
    for (const { oldStart, lines } of hunks) {
      let at = oldStart - 1;
      let open: LineEdit | undefined;
      for (const line of lines) {
        if (line.startsWith(' ')) {
          at++;
          open = undefined;
        } else if (!line.startsWith('\\')) {
          if (!open) {
            open = { start: at, end: at, lines: [] };
            of.push(open);
          }
          if (line.startsWith('+')) open.lines.push(line.slice(1));
          else open.end = ++at;
        }
      }
    }
    edits.set(oldFileName.replace(/^a\//, ''), of);
  }
  return edits;
}

const meet = (one: LineEdit, other: LineEdit) =>
  one.start === other.start || (one.start < other.end && other.start < one.end);

/**
 * Makes one patch of several that are for the same files, as those of a report are. Applied one after the other, they would stumble over each
 * other's changes. What changes the lines of another is left for the next time.
 * @param readFile the content of a file before all of them
 */
export function mergePatches(patches: Iterable<string>, readFile: (file: string) => string): MergedPatches {
  const chosen = new Map<string, LineEdit[]>();
  let merged = 0;
  let left = 0;
  for (const patch of new Set(patches)) {
    const edits = [...editsOf(patch)];
    const isFree = edits.every(([file, of]) =>
      of.every((edit) => !chosen.get(file)?.some((other) => meet(edit, other))),
    );
    if (!isFree) left++;
    else {
      merged++;
      for (const [file, of] of edits) chosen.set(file, [...(chosen.get(file) ?? []), ...of]);
    }
  }
  const texts = [...chosen].map(([file, edits]) => {
    const before = readFile(file);
    const lines = before.split('\n');
    // From the end, so that the numbers of the lines before stay.
    for (const { start, end, lines: own } of edits.toSorted((one, other) => other.start - one.start))
      lines.splice(start, end - start, ...own);
    return makePatch(file, before, lines.join('\n'));
  });
  return { patch: texts.join(''), merged, left };
}
