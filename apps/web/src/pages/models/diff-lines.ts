export type DiffLine = { mark: '+' | '-' | ' '; text: string };

/** The lines that lead from one text to the other: the fewest that come and go. Comments behind # don't make a line another one. */
export function diffLines(before: string[], after: string[]): DiffLine[] {
  const bare = (line: string | undefined) => line?.replace(/ +# .*$/, '');
  const width = after.length + 1;
  // How many lines are shared by what follows each pair of positions.
  const shared = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => shared[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      shared[i * width + j] =
        bare(before[i]) === bare(after[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const [old = '', now = ''] = [before[i], after[j]];
    if (i < before.length && j < after.length && bare(old) === bare(now)) {
      lines.push({ mark: ' ', text: now });
      i++;
      j++;
    } else if (i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: old });
      i++;
    } else {
      lines.push({ mark: '+', text: now });
      j++;
    }
  }
  return lines;
}
