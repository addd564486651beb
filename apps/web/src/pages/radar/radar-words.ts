import type { GraphEdge, GraphNode, Severity } from '@ringfence/findings';

export const KIND_WORDS: Record<GraphNode['kind'], string> = {
  source: 'trigger',
  function: 'function',
  role: 'role',
  service: 'service',
  authorizer: 'authorizer',
  network: 'network',
};

/** What an edge says, from its end and to its end. */
export const EDGE_WORDS: Record<GraphEdge['kind'], { from: string; to: string }> = {
  starts: { from: 'starts', to: 'is started by' },
  invokes: { from: 'invokes', to: 'is invoked by' },
  assumes: { from: 'has the role', to: 'is the role of' },
  reads: { from: 'reads', to: 'is read by' },
  writes: { from: 'writes', to: 'is written by' },
  authorizes: { from: 'authorizes', to: 'is authorized by' },
  within: { from: 'is in', to: 'holds' },
};

export const SEVERITY_LINES: Record<Severity | 'none', string> = {
  critical: 'border-danger border-4 bg-danger-soft!',
  high: 'border-danger bg-danger-soft!',
  medium: 'border-warn bg-warn-soft!',
  low: 'border-info bg-info-soft!',
  info: 'border-line-strong',
  none: 'border-line-strong',
};
