// Writes what src/read-options.ts checks options by: the schema of a policy's WAAS rule, without what says which functions it is for.
// Run after a change of that: npx tsx --conditions=source packages/waas/scripts/write-options-schema.ts && npm run format
import { writeFileSync } from 'node:fs';
import { makeOptionsSchema } from '../src/test-support/make-options-schema.ts';

writeFileSync(
  new URL('../src/options-schema.ts', import.meta.url),
  `// Written by scripts/write-options-schema.ts from the policy's schema.
import type { Schema } from './read-options.ts';

export const optionsSchema: Schema = ${JSON.stringify(makeOptionsSchema())};
`,
);
