export * from './finding.ts';
export * from './report.ts';
export * from './severity.ts';
