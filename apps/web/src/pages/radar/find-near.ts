import type { PostureGraph } from '@ringfence/findings';

/** The nodes whose label or type holds the text, with all that is one step away; undefined for an empty text. */
export function findNear({ nodes, edges }: PostureGraph, text: string): Set<string> | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const found = new Set(
    nodes.filter(({ label, type }) => `${label}\n${type}`.toLowerCase().includes(wanted)).map(({ id }) => id),
  );
  const near = new Set(found);
  for (const { from, to } of edges) {
    if (found.has(from)) near.add(to);
    if (found.has(to)) near.add(from);
  }
  return near;
}
