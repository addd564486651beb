import { inList } from '../template/in-list.ts';
import { inWords } from '../template/place.ts';
import type { Problem } from './check.ts';

/** The same problem of several functions that stands in one line, such as in what all functions have, told once. */
export function onePerPlace(problems: readonly Problem[]): Problem[] {
  const groups = new Map<unknown, [Problem, ...Problem[]]>();
  for (const problem of problems) {
    const { place, key, severity } = problem;
    const at = place ? `${inWords(place)} ${key} ${severity}` : problem;
    const group = groups.get(at);
    if (group) group.push(problem);
    else groups.set(at, [problem]);
  }
  return [...groups.values()].map((group) => {
    const [first, ...others] = group;
    if (others.length === 0 || !first.place) return first;
    const names = inList(group.map(({ subject }) => subject));
    return { ...first, subject: first.place.file, message: `${names}: ${first.message}` };
  });
}
