import type { GraphEdge, GraphNode, PostureGraph } from '@ringfence/findings';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../ui/badge.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { SEVERITY_TONES } from '../findings/finding-words.ts';
import { EDGE_WORDS, KIND_WORDS } from './radar-words.ts';

type Props = {
  node: GraphNode;
  graph: PostureGraph;
  /** The project's id. */
  project: string;
  onOpen: (id: string) => void;
  onClose: () => void;
};

/** One node: what leads to it, and what it leads to. */
export function NodeDrawer({ node, graph, project, onOpen, onClose }: Props) {
  const { kind, type, label, severity, findings, score } = node;
  const from = graph.edges.filter((edge) => edge.from === node.id);
  const to = graph.edges.filter((edge) => edge.to === node.id);
  return (
    <Drawer
      onClose={onClose}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {severity && <Badge tone={SEVERITY_TONES[severity]}>{severity}</Badge>}
          <span className="[overflow-wrap:anywhere]">{label}</span>
        </span>
      }
    >
      <div className="flex flex-col gap-5">
        <Facts
          rows={[
            ['Kind', KIND_WORDS[kind]],
            ['Type', type],
            ['Attack surface', score === undefined ? undefined : String(score)],
            [
              'Findings',
              findings > 0 ? (
                <Link
                  key="findings"
                  to="/findings"
                  search={{ functionId: project, q: label }}
                  className="text-accent underline underline-offset-2"
                >
                  {findings} about it
                </Link>
              ) : (
                'none'
              ),
            ],
          ]}
        />
        <Ways title="Leads to it" edges={to} end="from" graph={graph} onOpen={onOpen} />
        <Ways title="It leads to" edges={from} end="to" graph={graph} onOpen={onOpen} />
      </div>
    </Drawer>
  );
}

type WaysProps = {
  title: string;
  edges: GraphEdge[];
  /** The end that is not the node itself. */
  end: 'from' | 'to';
  graph: PostureGraph;
  onOpen: (id: string) => void;
};

function Ways({ title, edges, end, graph, onOpen }: WaysProps) {
  if (edges.length === 0) return null;
  const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]));
  return (
    <section aria-label={title}>
      <h3 className="pb-1 text-xs font-semibold uppercase tracking-wide text-muted">{title}</h3>
      <ul className="flex flex-col gap-1.5">
        {edges.map((edge) => (
          <li key={`${edge.from} ${edge.kind} ${edge.to}`} className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-muted">{EDGE_WORDS[edge.kind][end === 'to' ? 'from' : 'to']}</span>
            <button
              type="button"
              className="text-left font-medium underline-offset-2 hover:underline [overflow-wrap:anywhere]"
              onClick={() => onOpen(edge[end])}
            >
              {labels.get(edge[end]) ?? edge[end]}
            </button>
            {edge.isOpen && <Badge tone="warn">anyone</Badge>}
            {edge.label && (
              <code className="font-mono text-[12px] text-muted [overflow-wrap:anywhere]">{edge.label}</code>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
