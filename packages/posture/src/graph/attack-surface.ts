import { compareSeverity, type Finding, type Severity } from '@ringfence/findings';
import type { FunctionNode, Graph } from './build-graph.ts';
import { dataReached } from './data-reached.ts';
import { openWays } from './open-ways.ts';

const bySeverity: Readonly<Record<Severity, number>> = {
  critical: 30,
  high: 20,
  medium: 10,
  low: 5,
  info: 0,
};

/** How near it is to a stranger: anyone may call it, with a key that all clients have, over others; somebody who is known; nobody. */
function nearness(
  { id, triggers }: FunctionNode,
  ways: ReadonlyMap<string, { through: string[]; hasKey: boolean }>,
): number {
  const way = ways.get(id);
  if (way) return way.through.length > 0 ? 25 : way.hasKey ? 30 : 40;
  return triggers.length > 0 ? 10 : 0;
}

/** What the role reaches at its widest: everything of a service, data of the template, nothing. */
async function reachOf({ role }: FunctionNode, graph: Graph): Promise<number> {
  if (!role) return 0;
  const [widest] = await dataReached(graph, role);
  if (!widest) return 0;
  return widest.isAll ? 30 : widest.kinds.has('writes') ? 15 : 10;
}

/**
 * The attack surface of each function, from 0 to 100: how near it is to a stranger (40), what its role reaches (30), and the worst that is wrong with
 * it or its role (30). The parts are added, since each alone already is something to attack.
 */
export async function attackSurfaces(
  graph: Graph,
  findings: readonly Finding[],
): Promise<Map<string, number>> {
  const ways = await openWays(graph);
  const worst = new Map<string, Severity>();
  for (const { subject = '', severity } of findings) {
    const before = worst.get(subject);
    if (before === undefined || compareSeverity(severity, before) < 0) worst.set(subject, severity);
  }
  const scores = new Map<string, number>();
  for (const node of graph.functions.values()) {
    const severities = [node.id, node.role?.resource.id ?? ''].flatMap((id) => worst.get(id) ?? []);
    const weakness = Math.max(0, ...severities.map((severity) => bySeverity[severity]));
    scores.set(node.id, nearness(node, ways) + (await reachOf(node, graph)) + weakness);
  }
  return scores;
}
