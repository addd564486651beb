import type { GraphNode } from '@ringfence/findings';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { NODE } from './lay-out.ts';
import { KIND_WORDS, SEVERITY_LINES } from './radar-words.ts';

export type RadarFlowNode = Node<{ node: GraphNode; faded: boolean; onOpen: (id: string) => void }, 'radar'>;

/** One node of the map. */
export const RadarNode = memo(({ data: { node, faded, onOpen } }: NodeProps<RadarFlowNode>) => (
  <>
    <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0!" />
    <button
      type="button"
      onClick={() => onOpen(node.id)}
      style={{ width: NODE.width, height: NODE.height }}
      className={classNames(
        'flex flex-col justify-center overflow-hidden border-2 bg-surface px-2.5 text-left text-[13px] leading-tight hover:bg-raised',
        node.kind === 'function' ? 'rounded-md' : 'rounded-full px-4',
        SEVERITY_LINES[node.severity ?? 'none'],
        faded && 'opacity-25',
      )}
    >
      <span className="truncate font-medium">{node.label}</span>
      <span className="truncate text-[11px] text-muted">
        {KIND_WORDS[node.kind]}
        {node.severity && ` · ${node.findings} ${node.severity}`}
      </span>
    </button>
    <Handle type="source" position={Position.Right} isConnectable={false} className="opacity-0!" />
  </>
));
