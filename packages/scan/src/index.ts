export * from './ecosystem.ts';
export type * from './found-package.ts';
export * from './match/advisory.ts';
export * from './match/match-package.ts';
export type * from './package-files.ts';
export * from './scan-error.ts';
export * from './versions/compare-versions.ts';
