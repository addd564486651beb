import type { Graph } from '../graph/build-graph.ts';
import { ownFunctions } from '../graph/made-by-cdk.ts';
import { inList } from '../template/in-list.ts';

/** So many reasons are told of one function. */
const MOST_REASONS = 3;

/** For which functions it can't be told what their roles allow for nothing, and why; those with the same reason together. */
export function needsNotes(graph: Graph): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, needs } of ownFunctions(graph)) {
    if (!needs || needs.isWhole) continue;
    const more = needs.notes.length > MOST_REASONS ? `; and ${needs.notes.length - MOST_REASONS} more` : '';
    const reason = needs.notes.slice(0, MOST_REASONS).join('; ') + more;
    const others = byReason.get(reason);
    if (others) others.push(id);
    else byReason.set(reason, [id]);
  }
  return [...byReason].map(([reason, ids]) =>
    ids.length === 1
      ? `${ids[0]}: what its role allows beyond its needs is not told, since ${reason}.`
      : `${inList(ids)}: what their roles allow beyond their needs is not told, since ${reason}.`,
  );
}
