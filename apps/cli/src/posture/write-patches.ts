import type { Report } from '@ringfence/findings';
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

/** Writes the repairs one behind another, each once: findings of one role have the same. */
export async function writePatches(path: string | undefined, { findings }: Report): Promise<void> {
  if (path === undefined) return;
  const patches = new Set(findings.flatMap(({ patch }) => patch ?? []));
  await writeAtOnce(path, [...patches].join(''));
  printNote(`${patches.size} ${patches.size === 1 ? 'repair' : 'repairs'}: ${path}.`);
}
