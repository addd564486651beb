import { coversPath, pathsOverlap } from '../compare-globs.ts';
import type { FileLists } from './file-lists.ts';
import { folderContents } from './folder-contents.ts';
import type { RuleWarning } from './lint-warning.ts';

const CODE_FOLDERS = folderContents(
  '/var/task',
  '/var/runtime',
  '/var/lang',
  '/opt',
  '/usr',
  '/bin',
  '/lib',
  '/lib64',
  '/etc',
);

/** Warns of what may be written where code lies, or where it may be run. */
export function lintWrittenFiles({ write, execute, denyWrite, denyExecute }: FileLists): RuleWarning[] {
  return write.flatMap(({ text: pattern, glob }, index): RuleWarning[] => {
    if (denyWrite.some((denied) => coversPath(denied.glob, glob))) return [];
    const path = ['files', 'write', index];
    const code = CODE_FOLDERS.filter(({ content }) => pathsOverlap(glob, content));
    if (code.length > 0) {
      const folders = code.slice(0, 3).map(({ folder }) => folder);
      return [
        {
          code: 'write-code',
          pattern,
          path,
          message: `${pattern} may be written, which reaches into ${folders.join(', ')}: an attacker could change what runs there.`,
          advice: 'Let the function write to ${tmp}/** or a folder of its own.',
        },
      ];
    }
    const runnable = execute.find((other) => pathsOverlap(glob, other.glob));
    if (runnable === undefined || denyExecute.some((denied) => coversPath(denied.glob, glob))) return [];
    return [
      {
        code: 'write-and-run',
        pattern,
        path,
        message: `What is written to ${pattern} may also be run, because execute holds ${runnable.text}: an attacker could drop a binary or a library there.`,
        advice: `Add ${pattern} to denyExecute.`,
      },
    ];
  });
}
