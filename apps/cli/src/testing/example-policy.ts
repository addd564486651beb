import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a small policy and answers its path: converters may start gs, all others are only told about. */
export function writeExamplePolicy(folder: string): string {
  const path = join(folder, 'policy.yaml');
  writeFileSync(
    path,
    `version: 1
collections:
  - name: Converters
    functions: [convert*]
runtime:
  rules:
    - name: Converters
      collections: [Converters]
      process: { effect: prevent, allow: [/usr/bin/gs] }
    - name: Rest
      process: { effect: alert }
`,
  );
  return path;
}
