import type { Resource } from '../resource.ts';
import { inList } from '../template/in-list.ts';
import type { Problem } from './check.ts';

/** One problem for all resources that have it: habits of a project, which nobody wants to be told for each of them. */
export function tellOnce(resources: readonly Resource[], say: (names: string) => string): Problem[] {
  const places = resources.flatMap(({ place }) => (place ? [place] : []));
  if (resources.length === 0) return [];
  const [place, ...more] = places;
  return [
    { subject: place?.file ?? 'account', message: say(inList(resources.map(({ id }) => id))), place, more },
  ];
}

/** What a resource that stands for all, or all of a kind, is called. */
export const everyInWords = (every: string): string =>
  /^\*+$/.test(every) ? 'every resource' : `every one of ${every}`;
