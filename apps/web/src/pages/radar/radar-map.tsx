// React Flow: the graph view that people know from React applications; it draws only what is in view.
import { Background, type ColorMode, Controls, type Edge, MarkerType, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import type { PostureGraph } from '@ringfence/findings';
import { useMemo } from 'react';
import { layOut } from './lay-out.ts';
import { type RadarFlowNode, RadarNode } from './radar-node.tsx';

const nodeTypes = { radar: RadarNode };

type Props = {
  graph: PostureGraph;
  /** What stays bright; left out: everything. */
  bright: ReadonlySet<string> | undefined;
  theme: ColorMode;
  onOpen: (id: string) => void;
};

/** Triggers, functions and services, with the ways between them. */
export function RadarMap({ graph, bright, theme, onOpen }: Props) {
  const placed = useMemo(() => layOut(graph), [graph]);
  const nodes = useMemo(
    () =>
      placed.map(
        ({ node, x, y }): RadarFlowNode => ({
          id: node.id,
          type: 'radar',
          position: { x, y },
          data: { node, faded: bright !== undefined && !bright.has(node.id), onOpen },
        }),
      ),
    [placed, bright, onOpen],
  );
  const edges = useMemo(
    () =>
      graph.edges.map(
        ({ from, to, kind, isOpen }): Edge => ({
          id: `${from} ${kind} ${to}`,
          source: from,
          target: to,
          markerEnd: { type: MarkerType.ArrowClosed },
          style: {
            stroke: isOpen ? 'var(--danger)' : 'var(--line-strong)',
            opacity: bright && !(bright.has(from) && bright.has(to)) ? 0.15 : 1,
          },
        }),
      ),
    [graph, bright],
  );
  return (
    <section
      aria-label="Map"
      className="h-[70dvh] min-h-80 overflow-hidden rounded-lg border border-line bg-page"
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={theme}
        fitView
        minZoom={0.05}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
      >
        <Background gap={24} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}
