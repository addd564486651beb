import type { Finding } from '@ringfence/findings';
import type { Graph } from '../graph/build-graph.ts';
import { nameOf } from './name-of.ts';

const MOST_NAMED = 3;

/** Findings in the words of the project's own files; those about a role or a policy begin with the functions that have it. */
export function nameFindings(graph: Graph, findings: Finding[]): Finding[] {
  const names = new Map([...graph.resources.values()].map((resource) => [resource.id, nameOf(resource)]));
  const usersOf = new Map<string, string[]>();
  for (const { resource, role } of graph.functions.values())
    if (role)
      for (const id of new Set([role.resource.id, ...role.statements.map(({ owner }) => owner.id)]))
        usersOf.set(id, [...(usersOf.get(id) ?? []), nameOf(resource)]);
  const inWords = (text: string) => text.replaceAll(/[\w/[\]*-]+/g, (word) => names.get(word) ?? word);
  return findings.map((finding) => {
    const { subject = '', message } = finding;
    const users = usersOf.get(subject) ?? [];
    const more = users.length > MOST_NAMED ? ` and ${users.length - MOST_NAMED} more` : '';
    const who = users.length > 0 ? `${users.slice(0, MOST_NAMED).join(', ')}${more}: ` : '';
    const text = inWords(message);
    // `Orders` is not named by a text about `OrdersRole`.
    const [first = ''] = text.split(/[\s:,]/);
    const isNamed = users.includes(first);
    return {
      ...finding,
      ...(finding.subject !== undefined && { subject: names.get(subject) ?? subject }),
      message: isNamed ? text : who + text,
    };
  });
}
