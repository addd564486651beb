/** Lines of cells as a table of Markdown, which reads well in a terminal too. `isNumber`: which columns are aligned to the right. */
export function renderCells(
  headings: readonly string[],
  lines: readonly (readonly string[])[],
  isNumber: (column: number) => boolean,
): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const render = (texts: readonly string[]) =>
    `| ${texts.map((text, column) => (isNumber(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [render(headings), rule, ...lines.map(render)].join('\n');
}
