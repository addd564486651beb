import { coversPath } from '../compare-globs.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { FILE_LISTS } from '../sections/files.ts';
import { type FileLists, type FilePattern, readFileLists } from './file-lists.ts';
import { lintEntries } from './lint-entries.ts';
import { lintReadFiles } from './lint-read-files.ts';
import type { RuleWarning } from './lint-warning.ts';
import { lintWrittenFiles } from './lint-written-files.ts';

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

const DENIALS = [
  ['read', 'denyRead'],
  ['write', 'denyWrite'],
  ['execute', 'denyExecute'],
] as const;

const covers = (wide: FilePattern, narrow: FilePattern) => coversPath(wide.glob, narrow.glob);

const lintDenials = (lists: FileLists): RuleWarning[] =>
  DENIALS.flatMap(([list, denyList]) =>
    lists[list].flatMap((pattern, index): RuleWarning[] => {
      const denial = lists[denyList].find((other) => covers(other, pattern));
      if (denial === undefined) return [];
      return [
        {
          code: 'entry-denied',
          pattern: pattern.text,
          path: ['files', list, index],
          message: `${pattern.text} stands in files.${list}, but ${denial.text} in files.${denyList} beats it, so it allows nothing.`,
          advice: 'Remove one of the two.',
        },
      ];
    }),
  );

const lintLinks = (lists: FileLists): RuleWarning[] =>
  FILE_LISTS.flatMap((list) =>
    lists[list].flatMap(({ text: pattern }, index): RuleWarning[] => {
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
  const lists = readFileLists(files);
  return [
    ...FILE_LISTS.flatMap((list) => lintEntries(lists[list], ['files', list], covers)),
    ...(files.effect === 'prevent' ? lintReadFiles(lists) : []),
    ...lintWrittenFiles(lists),
    ...lintDenials(lists),
    ...lintLinks(lists),
  ];
}
