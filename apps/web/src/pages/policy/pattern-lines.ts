/** The patterns of a text with one on each line, and the line number (from 1) of each; empty lines are skipped. */
export function readLines(text: string): { patterns: string[]; lines: number[] } {
  const patterns: string[] = [];
  const lines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    patterns.push(line.trim());
    lines.push(index + 1);
  }
  return { patterns, lines };
}
