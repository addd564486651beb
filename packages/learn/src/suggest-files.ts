import type { ModelEntry } from '@ringfence/audit';
import {
  expandFilePattern,
  FilesSettings,
  findFilePatternProblem,
  Glob,
  pathsOverlap,
} from '@ringfence/policy/schema';
import { isHarmless } from './allows-entry.ts';
import { generalisePaths, type PathManner } from './generalise-paths.ts';
import type { Groups } from './group.ts';

const toGlob = (pattern: string) => new Glob(expandFilePattern(pattern));

/** Programs and libraries: they are not the function's to change, and each update of the runtime brings other ones. */
const CODE = [
  '${task}',
  '${runtime}',
  '/usr/lib',
  '/usr/lib64',
  '/usr/local',
  '/lib',
  '/lib64',
  '/opt',
  '/var/lang',
];

const MANNERS: Record<'read' | 'write' | 'execute', Omit<PathManner, 'limit' | 'findProblem'>> = {
  // Landlock holds whole folders and single files at no cost; with any other pattern each opening of a file is asked about.
  read: {
    trees: [...CODE, '${tmp}', '/usr/share', '/proc', '/sys'],
    inFolder: '/**',
    siblings: 8,
  },
  write: { trees: [], inFolder: '/*', siblings: 8 },
  execute: { trees: CODE, inFolder: '/*', siblings: 32 },
};

/** What is written below /tmp has another name each time, whether or not one can tell. */
function hideTemporaryName(entry: ModelEntry): ModelEntry {
  const [, name, deeper] = /^\$\{tmp\}\/([^/]*)(\/)?/.exec(entry.value) ?? [];
  if (!name) return entry;
  return { ...entry, value: deeper || name.startsWith('**') ? '${tmp}/**' : '${tmp}/*' };
}

export type LearnedFiles = { settings: FilesSettings; learned: Record<keyof typeof MANNERS, Groups> };

/** What the file section has to allow; of the base's denials, those that nothing was used against. */
export function suggestFiles(
  entries: ModelEntry[],
  limit: number,
  base: FilesSettings = FilesSettings.parse({}),
): LearnedFiles {
  const of = (wanted: keyof typeof MANNERS) => entries.filter(({ kind }) => kind === wanted);
  const generalise = (uses: ModelEntry[], kind: keyof typeof MANNERS) =>
    generalisePaths(uses, { ...MANNERS[kind], limit, findProblem: findFilePatternProblem });
  const learned = {
    read: generalise(
      of('read').filter(({ value }) => !isHarmless(value)),
      'read',
    ),
    write: generalise(
      of('write')
        .filter(({ value }) => !isHarmless(value))
        .map(hideTemporaryName),
      'write',
    ),
    execute: generalise(of('execute'), 'execute'),
  };
  const keep = (denials: string[], kind: keyof typeof MANNERS) =>
    denials.filter((denied) => !of(kind).some(({ value }) => pathsOverlap(toGlob(denied), toGlob(value))));
  const list = (groups: Groups) => [...groups.keys()].sort();
  const settings: FilesSettings = {
    effect: 'prevent',
    read: list(learned.read),
    write: list(learned.write),
    execute: list(learned.execute),
    denyRead: keep(base.denyRead, 'read'),
    denyWrite: keep(base.denyWrite, 'write'),
    denyExecute: keep(base.denyExecute, 'execute'),
    sealed: keep(base.sealed, 'read'),
  };
  return { settings, learned };
}
