import { z } from 'zod';
import { SEVERITIES } from './severity.ts';

const text = z.string().max(1000);

export const GRAPH_NODE_KINDS = ['source', 'function', 'role', 'service', 'authorizer', 'network'] as const;
export const GRAPH_EDGE_KINDS = [
  'starts',
  'invokes',
  'assumes',
  'reads',
  'writes',
  'authorizes',
  'within',
] as const;

export const GraphNode = z.object({
  id: text,
  kind: z
    .enum(GRAPH_NODE_KINDS)
    .describe(
      'source: what starts functions and is nothing else, as an API or a schedule; service: data, queues and other services.',
    ),
  type: text.describe("CloudFormation's name of the resource, or of what it stands for."),
  label: text,
  severity: z.enum(SEVERITIES).optional().describe('The worst of the findings about it.'),
  findings: z.int().min(0).default(0).describe('How many findings are about it.'),
  deployed: z
    .object({ name: text, region: text.optional() })
    .optional()
    .describe('What AWS calls a function, where that is known.'),
  score: z.number().min(0).optional().describe('The attack surface of a function, from 0 to 100.'),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.object({
  from: text,
  to: text,
  kind: z.enum(GRAPH_EDGE_KINDS),
  label: text.optional().describe('Such as GET /orders, or the actions that are allowed.'),
  isOpen: z.boolean().optional().describe('Whether anyone may take this way.'),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

/** What may reach what, as posture knows it. */
export const PostureGraph = z
  .object({ nodes: z.array(GraphNode).max(50_000), edges: z.array(GraphEdge).max(200_000) })
  .describe('What may reach what.');
export type PostureGraph = z.infer<typeof PostureGraph>;
