import type { Advisory } from './advisory.ts';

/** Whose record stands for the others: the malicious one, then GitHub's, which has ratings and fixes, then the ecosystem's own. */
const preferred = ['MAL-', 'GHSA-', 'GO-', 'PYSEC-'];
const rank = ({ id }: Advisory) =>
  (preferred.findIndex((prefix) => id.startsWith(prefix)) + preferred.length + 1) % (preferred.length + 1);

/** Puts records of the same fault together, the preferred one first; several databases describe most faults. */
export function groupAliases(advisories: Advisory[]): Advisory[][] {
  const groups: { names: Set<string>; members: Advisory[] }[] = [];
  for (const advisory of advisories) {
    const names = new Set([advisory.id, ...advisory.aliases]);
    const same = groups.filter((group) => [...names].some((name) => group.names.has(name)));
    const merged = { names, members: [advisory] };
    for (const group of same) {
      for (const name of group.names) names.add(name);
      merged.members.unshift(...group.members);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(merged);
  }
  return groups.map(({ members }) => members.toSorted((one, other) => rank(one) - rank(other)));
}
