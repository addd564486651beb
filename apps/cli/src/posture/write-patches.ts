import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@ringfence/findings';
import { mergePatches, type Posture } from '@ringfence/posture';
import { printNote } from '../common/terminal.ts';
import { writeAtOnce } from '../common/write-at-once.ts';

export const patchFlags = {
  patch: {
    type: 'string' as const,
    description:
      'Also write all repairs of the templates to a file, for "git apply" in the project\'s folder.',
    valueHint: 'FILE',
  },
};

/** Writes the repairs that the report has as one patch. */
export async function writePatches(
  path: string | undefined,
  { findings }: Report,
  { root }: Posture,
): Promise<void> {
  if (path === undefined) return;
  const { patch, merged, left } = mergePatches(
    findings.flatMap((finding) => finding.patch ?? []),
    (file) => readFileSync(join(root, file), 'utf8'),
  );
  await writeAtOnce(path, patch);
  const others = left > 0 ? ` ${left} more change the same lines; apply these first and look again.` : '';
  printNote(`${merged} ${merged === 1 ? 'repair' : 'repairs'}: ${path}.${others}`);
}
