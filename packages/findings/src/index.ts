export * from './compare-findings.ts';
export * from './fail-on.ts';
export * from './finding.ts';
export * from './fit-report.ts';
export * from './graph.ts';
export * from './report.ts';
export * from './severity.ts';
