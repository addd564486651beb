import type { Finding } from '@ringfence/findings';
import type { AdvisoryDatabase } from './database/open-database.ts';
import type { FoundPackage } from './found-package.ts';
import type { PackageFiles } from './package-files.ts';

/** What a finder looks at. */
export interface Subject {
  files: PackageFiles;
  /** The packages that run. */
  packages: FoundPackage[];
  /** Undefined where there is none: vulnerabilities are not looked for. */
  database: AdvisoryDatabase | undefined;
  /** The handler as the function's settings name it, such as `src/index.handler`; left out: it is found by its name. */
  handler?: string;
  /** How far the finder is, where that takes long. */
  onProgress: (count: number) => void;
}

/** Looks for one kind of fault. What it cannot read it notes, and goes on. */
export interface Finder {
  /** What it does, for people who wait: `looking up advisories`. */
  step: string;
  find(subject: Subject): Promise<{ findings: Finding[]; notes?: string[] }>;
}
