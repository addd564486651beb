import type { Ecosystem } from './ecosystem.ts';

/** How surely a file says that the package is there; the surest first. */
export const EVIDENCE = ['installed', 'binary', 'digest', 'bundle', 'lockfile', 'manifest'] as const;

/** A package that is inside, or that a lockfile says will be. */
export interface FoundPackage {
  ecosystem: Ecosystem;
  /** As its makers spell it: Maven group:artifact, Go the module path. */
  name: string;
  version: string;
  /** The files that say so. */
  evidence: { path: string; by: (typeof EVIDENCE)[number] }[];
  /** What it depends on; versions where they are known to be exact. */
  dependencies: { name: string; version?: string }[];
  /** Whether the function itself asks for it; undefined where nothing says so. */
  direct?: boolean;
  /** Only for development: locked, but not shipped. */
  development?: boolean;
}
