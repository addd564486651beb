import type { PostureGraph } from '@ringfence/findings';

/** The graphs of several templates beside one another; ids of different templates stay apart. */
export function mergeGraphs(graphs: PostureGraph[]): PostureGraph {
  const [only] = graphs;
  if (only && graphs.length === 1) return only;
  const prefix = (index: number, id: string) => `${index + 1}/${id}`;
  return {
    nodes: graphs.flatMap(({ nodes }, index) =>
      nodes.map((node) => ({ ...node, id: prefix(index, node.id) })),
    ),
    edges: graphs.flatMap(({ edges }, index) =>
      edges.map((edge) => ({ ...edge, from: prefix(index, edge.from), to: prefix(index, edge.to) })),
    ),
  };
}
