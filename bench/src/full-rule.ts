import { addresses } from '../../e2e/lab/addresses.ts';
import type { Programs } from './build-programs.ts';

/** A rule with all sections on, which allows what is measured, and nothing that would make a section trivial. */
export const fullRule = ({ nothing, tool }: Programs) => ({
  process: { effect: 'prevent' as const, allow: [nothing, tool] },
  network: { effect: 'prevent' as const, listen: [0], outbound: ['*.lab.test:80', `${addresses.api}`] },
  // The measured programs lie in /tmp.
  files: { effect: 'prevent' as const, write: ['${tmp}/**'], denyExecute: ['/dev/shm/**'] },
  secrets: ['BENCH_SECRET'],
});

/** The same, with reading narrowed to some folders, so that opening for reading is watched, too. */
export const narrowRule = (programs: Programs) => {
  const rule = fullRule(programs);
  const read = ['/usr/**', '/lib/**', '/lib64/**', '/etc/**', '/proc/**', '${tmp}/**'];
  return { ...rule, files: { ...rule.files, read } };
};
