import { pathsOverlap } from '../compare-globs.ts';
import { type FileLists, readFilePattern } from './file-lists.ts';
import type { RuleWarning } from './lint-warning.ts';

/** What every runtime opens before the function's own code, and where it lies on one platform or another. */
const NEEDED = [
  {
    what: "the runtime's binary",
    places: ['${runtime}/**', '/var/lang/**', '/usr/bin/**', '/usr/local/bin/**', '/opt/**'],
  },
  {
    what: "the system's libraries",
    places: ['/usr/lib/**', '/usr/lib64/**', '/lib/**', '/lib64/**'],
  },
].map(({ what, places }) => ({ what, places: places.map(readFilePattern) }));

/** Warns of a narrowed `read` that leaves out what the runtime itself needs to start. */
export function lintReadFiles({ read }: FileLists): RuleWarning[] {
  const missing = NEEDED.filter(
    ({ places }) => !read.some(({ glob }) => places.some((place) => pathsOverlap(glob, place.glob))),
  ).map(({ what }) => what);
  if (missing.length === 0) return [];
  return [
    {
      code: 'runtime-unreadable',
      path: ['files', 'read'],
      message: `files.read leaves out ${missing.join(' and ')}, so nothing but a static binary in the package can start.`,
      advice:
        'Add ${runtime}/** and /usr/lib/**, in AWS Lambda /var/lang/** and /usr/lib64/** too, and what else the runtime reads, as Node /etc/ssl/**; ringfence policy suggest names it.',
    },
  ];
}
