export * from './compare-findings.ts';
export * from './fail-on.ts';
export * from './finding.ts';
export * from './report.ts';
export * from './severity.ts';
