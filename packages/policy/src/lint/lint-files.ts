import { coversPath, pathsOverlap } from '../compare-globs.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { FILE_LISTS } from '../sections/files.ts';
import { expandFilePattern as expand } from '../sections/path-pattern.ts';
import { lintEntries } from './lint-entries.ts';
import type { RuleWarning } from './lint-warning.ts';

const CODE_FOLDERS = [
  '/var/task',
  '/var/runtime',
  '/var/lang',
  '/opt',
  '/usr',
  '/bin',
  '/lib',
  '/lib64',
  '/etc',
];
/** Folders that are links, and where they lead: a path behind links never begins with them. */
const LINKS = [
  ['/bin/', '/usr/bin/'],
  ['/sbin/', '/usr/sbin/'],
  ['/lib/', '/usr/lib/'],
  ['/lib64/', '/usr/lib64/'],
  ['/var/run/', '/run/'],
  ['/dev/fd/', '/proc/*/fd/'],
  ['/proc/self/', '/proc/*/'],
  ['/proc/thread-self/', '/proc/*/task/*/'],
] as const;

const covers = (wide: string, narrow: string) => coversPath(expand(wide), expand(narrow));

function lintWrite({
  write,
  execute,
  denyWrite,
  denyExecute,
}: NonNullable<RuntimeRule['files']>): RuleWarning[] {
  return write.flatMap((pattern, index): RuleWarning[] => {
    if (denyWrite.some((denied) => covers(denied, pattern))) return [];
    const path = ['files', 'write', index];
    const code = CODE_FOLDERS.filter((folder) => pathsOverlap(expand(pattern), `${folder}/**`));
    if (code.length > 0)
      return [
        {
          code: 'write-code',
          pattern,
          path,
          message: `${pattern} may be written, which reaches into ${code.slice(0, 3).join(', ')}: an attacker could change what runs there.`,
          advice: 'Let the function write to ${tmp}/** or a folder of its own.',
        },
      ];
    const runnable = execute.find((other) => pathsOverlap(expand(pattern), expand(other)));
    if (runnable === undefined || denyExecute.some((denied) => covers(denied, pattern))) return [];
    return [
      {
        code: 'write-and-run',
        pattern,
        path,
        message: `What is written to ${pattern} may also be run, because execute holds ${runnable}: an attacker could drop a binary or a library there.`,
        advice: `Add ${pattern} to denyExecute.`,
      },
    ];
  });
}

const DENIALS = [
  ['read', 'denyRead'],
  ['write', 'denyWrite'],
  ['execute', 'denyExecute'],
] as const;

export function lintFiles({ files }: RuntimeRule): RuleWarning[] {
  if (files === undefined) return [];
  if (files.effect === 'disable')
    return [
      {
        code: 'section-ignored',
        path: ['files', 'effect'],
        message: 'It has a files section, but its effect is disable, so files are not watched.',
        advice: 'Set the effect to alert, prevent or learn, or remove the section.',
      },
    ];
  const denied = DENIALS.flatMap(([list, denyList]) =>
    files[list].flatMap((pattern, index): RuleWarning[] => {
      const denial = files[denyList].find((other) => covers(other, pattern));
      if (denial === undefined) return [];
      return [
        {
          code: 'entry-denied',
          pattern,
          path: ['files', list, index],
          message: `${pattern} stands in files.${list}, but ${denial} in files.${denyList} beats it, so it allows nothing.`,
          advice: 'Remove one of the two.',
        },
      ];
    }),
  );
  const linked = FILE_LISTS.flatMap((list) =>
    files[list].flatMap((pattern, index): RuleWarning[] => {
      const link = LINKS.find(([folder]) => pattern.startsWith(folder));
      if (link === undefined) return [];
      return [
        {
          code: 'path-linked',
          pattern,
          path: ['files', list, index],
          message: `${pattern} in files.${list} begins with a link, and a pattern is compared with the path behind links, so it may match nothing.`,
          advice: `Write ${link[1]}${pattern.slice(link[0].length)}.`,
        },
      ];
    }),
  );
  return [
    ...FILE_LISTS.flatMap((list) => lintEntries(files[list], ['files', list], covers, (pattern) => pattern)),
    ...lintWrite(files),
    ...denied,
    ...linked,
  ];
}
