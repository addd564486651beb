import type { Report } from '../report.ts';
import type { RenderOptions } from './render-options.ts';
import { renderTable } from './render-table.ts';

interface Output {
  /** How names of such files end. */
  suffix: string;
  render(report: Report, options: RenderOptions): Promise<string>;
}

export const OUTPUT_FORMATS = ['table', 'json', 'sarif', 'cyclonedx', 'junit', 'markdown'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export type { Paint, RenderOptions } from './render-options.ts';

/** The forms of a report, by the name that people give. What a form needs is loaded when it is used. */
export const outputs: Record<OutputFormat, Output> = {
  table: { suffix: '.txt', render: async (report, options) => renderTable(report, options) },
  json: { suffix: '.json', render: async (report) => JSON.stringify(report, undefined, 2) },
  sarif: {
    suffix: '.sarif',
    render: async (report) => (await import('./render-sarif.ts')).renderSarif(report),
  },
  cyclonedx: {
    suffix: '.cdx.json',
    render: async (report) => (await import('./render-cyclonedx.ts')).renderCycloneDx(report),
  },
  junit: {
    suffix: '.xml',
    render: async (report, options) => (await import('./render-junit.ts')).renderJunit(report, options),
  },
  markdown: {
    suffix: '.md',
    render: async (report) => (await import('./render-markdown.ts')).renderMarkdown(report),
  },
};

/** The format that a file's name asks for, by the longest ending that fits. */
export function formatOfName(name: string): OutputFormat | undefined {
  return OUTPUT_FORMATS.filter((format) => name.endsWith(outputs[format].suffix)).toSorted(
    (one, other) => outputs[other].suffix.length - outputs[one].suffix.length,
  )[0];
}
