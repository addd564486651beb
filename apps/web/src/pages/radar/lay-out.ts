import { compareSeverity, type GraphNode, type PostureGraph } from '@ringfence/findings';

export interface Placed {
  node: GraphNode;
  x: number;
  y: number;
}

/** Pixels of a node with the room around it. */
export const NODE = { width: 200, height: 44, across: 240, down: 60 };
/** Between what starts functions, functions, and what they reach. */
const GAP = 160;

const columns: readonly GraphNode['kind'][][] = [
  ['authorizer'],
  ['source'],
  ['function'],
  ['service', 'network'],
];

/** The worst first, then the largest attack surface, then by name. */
export function compareNodes(one: GraphNode, other: GraphNode): number {
  if (one.severity !== other.severity) {
    if (!one.severity || !other.severity) return one.severity ? -1 : 1;
    return compareSeverity(one.severity, other.severity);
  }
  return (other.score ?? 0) - (one.score ?? 0) || one.label.localeCompare(other.label);
}

const mean = (numbers: number[]) =>
  numbers.length === 0
    ? Number.POSITIVE_INFINITY
    : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** What the map shows of a graph: roles are a way between functions and services, and what they are about is told at the function. */
export function withoutRoles({ nodes, edges }: PostureGraph): PostureGraph {
  const shown = new Set(nodes.filter(({ kind }) => kind !== 'role').map(({ id }) => id));
  return {
    nodes: nodes.filter(({ id }) => shown.has(id)),
    edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
  };
}

/**
 * Places a graph from left to right: who may call, what starts, functions with the worst on top, and what they reach; long columns go on beside
 * themselves. What leads to a function stands near its height.
 */
export function layOut({ nodes, edges }: PostureGraph): Placed[] {
  const rows = Math.max(8, Math.ceil(3 * Math.sqrt(nodes.filter(({ kind }) => kind === 'function').length)));
  const functions = nodes.filter(({ kind }) => kind === 'function').sort(compareNodes);
  const rowOf = new Map(functions.map(({ id }, index) => [id, index % rows]));
  const neighbours = new Map<string, number[]>();
  for (const { from, to } of edges)
    for (const [own, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const row = rowOf.get(other);
      if (row !== undefined) neighbours.set(own, [...(neighbours.get(own) ?? []), row]);
    }
  const heightOf = ({ id }: GraphNode) => mean(neighbours.get(id) ?? []);
  let left = 0;
  return columns.flatMap((kinds) => {
    const own = kinds.includes('function')
      ? functions
      : nodes
          .filter(({ kind }) => kinds.includes(kind))
          .sort((one, other) => {
            const difference = heightOf(one) - heightOf(other);
            return Number.isNaN(difference) || difference === 0
              ? one.label.localeCompare(other.label)
              : difference;
          });
    if (own.length === 0) return [];
    const start = left;
    left += Math.ceil(own.length / rows) * NODE.across + GAP;
    return own.map((node, index) => ({
      node,
      x: start + Math.floor(index / rows) * NODE.across,
      y: (index % rows) * NODE.down,
    }));
  });
}
