export * from './compare-findings.ts';
export * from './fail-on.ts';
export * from './finding.ts';
export { formatOfName, OUTPUT_FORMATS, type OutputFormat, outputs } from './outputs/formats.ts';
export type { Paint } from './outputs/render-table.ts';
export * from './report.ts';
export * from './severity.ts';
