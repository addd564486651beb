import type { Finding } from '@ringfence/findings';
import type { PackageFile } from '../package-files.ts';
import { type ContentRule, contentFinding, counted } from './content-rules.ts';

// An archive made where there are no permission bits has 0, and says nothing.
const modes: { rule: ContentRule; isWrong(mode: number): boolean; what: string }[] = [
  {
    rule: 'content/set-user-id',
    isWrong: (mode) => (mode & 0o6000) !== 0,
    what: 'set the user or the group when run',
  },
  {
    rule: 'content/world-writable',
    isWrong: (mode) => (mode & 0o002) !== 0,
    what: 'may be changed by any user of the machine on which the package is unpacked',
  },
  {
    rule: 'content/unreadable',
    isWrong: (mode) => mode !== 0 && (mode & 0o004) === 0,
    what: 'may be read by their owner only, who is not the user that Lambda runs the function as',
  },
];

/** Permission bits that do harm. */
export function checkModes(files: PackageFile[]): Finding[] {
  return modes.flatMap(({ rule, isWrong, what }) => {
    const wrong = files.filter(({ kind, mode }) => kind === 'file' && isWrong(mode));
    if (wrong.length === 0) return [];
    return [contentFinding(rule, '', `${counted(wrong.length, 'file')}: ${what}.`, wrong)];
  });
}
