import type { PostureGraph } from '@ringfence/findings';
import { Badge } from '../../ui/badge.tsx';
import { SEVERITY_TONES } from '../findings/finding-words.ts';
import { RowButton } from '../findings/row-button.tsx';
import { compareNodes } from './lay-out.ts';

const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** The functions of the map as a list, the worst first. */
export function RadarList({ graph, onOpen }: { graph: PostureGraph; onOpen: (id: string) => void }) {
  const functions = graph.nodes.filter(({ kind }) => kind === 'function').sort(compareNodes);
  return (
    <ul
      aria-label="Functions, the worst first"
      className="overflow-hidden rounded-lg border border-line bg-surface"
    >
      {functions.map((node) => {
        const coming = graph.edges.filter(({ to, kind }) => to === node.id && kind === 'starts');
        const going = new Set(
          graph.edges.filter(({ from, kind }) => from === node.id && kind !== 'assumes').map(({ to }) => to),
        );
        const isOpen = coming.some((edge) => edge.isOpen);
        return (
          <li
            key={node.id}
            className="relative grid gap-x-4 gap-y-1 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised lg:grid-cols-[9rem_minmax(0,3fr)_minmax(0,2fr)] lg:items-center"
          >
            <span className="flex flex-wrap gap-1.5">
              {node.severity && <Badge tone={SEVERITY_TONES[node.severity]}>{node.severity}</Badge>}
              {isOpen && <Badge tone="warn">open</Badge>}
            </span>
            <RowButton onClick={() => onOpen(node.id)}>
              <span className="font-medium [overflow-wrap:anywhere]">{node.label}</span>
            </RowButton>
            <span className="text-[13px] text-muted">
              {count(coming.length, 'trigger')}, reaches {count(going.size, 'service')},{' '}
              {count(node.findings, 'finding')}
              {node.score !== undefined && `, attack surface ${node.score}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
