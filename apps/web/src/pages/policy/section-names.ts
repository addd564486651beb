import type { SectionExplanation } from '@ringfence/policy/schema';

/** The sections of a rule as people read them. */
export const sectionNames: Record<SectionExplanation['section'], string> = {
  process: 'Processes',
  network: 'Network',
  files: 'Files',
  secrets: 'Secrets',
  learn: 'Learning',
};
