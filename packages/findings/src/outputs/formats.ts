import type { Report } from '../report.ts';
import { type Paint, renderTable } from './render-table.ts';

/** The forms of a report, by the name that people give. */
export const outputs = {
  table: { suffix: '.txt', render: (report: Report, paint?: Paint) => renderTable(report, paint) },
  json: { suffix: '.json', render: (report: Report) => JSON.stringify(report, undefined, 2) },
} as const;
export type OutputFormat = keyof typeof outputs;
export const OUTPUT_FORMATS = Object.keys(outputs) as OutputFormat[];

/** The format that a file's name asks for, by the longest ending that fits. */
export function formatOfName(name: string): OutputFormat | undefined {
  return OUTPUT_FORMATS.filter((format) => name.endsWith(outputs[format].suffix)).toSorted(
    (one, other) => outputs[other].suffix.length - outputs[one].suffix.length,
  )[0];
}
