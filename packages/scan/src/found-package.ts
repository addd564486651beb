import type { Ecosystem } from './ecosystem.ts';

/** A package that is inside, or that a lockfile says will be. */
export interface FoundPackage {
  ecosystem: Ecosystem;
  /** As the ecosystem's advisories write it: PyPI normalised, Maven group:artifact, Go the module path. */
  name: string;
  version: string;
  /** The files that say so, and how surely. */
  evidence: { path: string; by: 'installed' | 'lockfile' | 'manifest' | 'bundle' | 'binary' | 'digest' }[];
  /** What it depends on: names, and versions where they are known. */
  dependencies: { name: string; version?: string }[];
  /** Whether the function itself asks for it; undefined where nothing says so. */
  direct?: boolean;
  /** Only for development: locked, but not shipped. */
  development?: boolean;
}
