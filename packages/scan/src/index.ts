export * from './ecosystem.ts';
export type * from './found-package.ts';
export type * from './package-files.ts';
export * from './scan-error.ts';
