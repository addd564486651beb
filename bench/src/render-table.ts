import { renderCells } from './render-cells.ts';
import { judge, type Row } from './row.ts';

const headings = ['', 'unguarded', 'guarded', 'figure', 'noise', 'unit', 'must', 'aim', 'samples', ''];
const NUMBERS = new Set([1, 2, 3, 4, 8]);

function show(value: number | undefined): string {
  if (value === undefined) return '';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

function showLimit(row: Row, limit: number | undefined): string {
  const { target } = row;
  if (!target || limit === undefined) return '';
  return `${target.better === 'lower' ? '≤' : '≥'} ${limit}${target.percent ? ' %' : ''} ${judge(row, target, limit)}`;
}

/** The rows as a table of Markdown. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    show(row.unguarded),
    show(row.guarded),
    `${row.guarded === undefined ? '' : row.figure < 0 ? '−' : '+'}${show(row.guarded === undefined ? row.figure : Math.abs(row.figure))}`,
    row.noise === undefined ? '' : `±${show(row.noise)}`,
    row.unit,
    showLimit(row, row.target?.must),
    showLimit(row, row.target?.aim),
    String(row.samples),
    row.note ?? '',
  ]);
  return renderCells(headings, cells, (column) => NUMBERS.has(column));
}
