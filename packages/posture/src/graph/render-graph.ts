import type { GraphNode, PostureGraph } from '@ringfence/findings';

/** As a text within double quotes, in DOT and in Mermaid. */
const inQuotes = (text: string, quote: string) =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', quote);

const colours: Readonly<Record<string, string>> = {
  critical: '#b91c1c',
  high: '#dc2626',
  medium: '#d97706',
  low: '#0891b2',
  info: '#6b7280',
};
const colourOf = ({ severity }: GraphNode) => colours[severity ?? ''] ?? '#4b5563';

const dotShapes = {
  source: 'cds',
  function: 'box',
  role: 'hexagon',
  service: 'cylinder',
  authorizer: 'diamond',
  network: 'folder',
} as const;

/** The graph in Graphviz' language. */
function renderDot({ nodes, edges }: PostureGraph): string {
  const text = (value: string) => `"${inQuotes(value, '\\"')}"`;
  return [
    'digraph posture {',
    '  rankdir=LR;',
    ...nodes.map(
      (node) =>
        `  ${text(node.id)} [label=${text(node.label)}, shape=${dotShapes[node.kind]}, color="${colourOf(node)}"];`,
    ),
    ...edges.map(
      ({ from, to, kind, label, isOpen }) =>
        `  ${text(from)} -> ${text(to)} [label=${text(label ?? kind)}${isOpen ? ', color="#dc2626"' : ''}];`,
    ),
    '}',
  ].join('\n');
}

const mermaidShapes = {
  source: ['>', ']'],
  function: ['[', ']'],
  role: ['{{', '}}'],
  service: ['[(', ')]'],
  authorizer: ['{', '}'],
  network: ['[/', '/]'],
} as const;

/** The graph in Mermaid's language, as GitHub shows it in Markdown. */
function renderMermaid({ nodes, edges }: PostureGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const text = (value: string) => `"${inQuotes(value, '#quot;')}"`;
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind, label }) => {
      const [open, close] = mermaidShapes[kind];
      return `  ${names.get(id)}${open}${text(label)}${close}`;
    }),
    ...edges.map(
      ({ from, to, kind, label }) => `  ${names.get(from)} -->|${text(label ?? kind)}| ${names.get(to)}`,
    ),
    ...nodes.map((node) => `  style ${names.get(node.id)} stroke:${colourOf(node)}`),
  ].join('\n');
}

/** How a graph is written, by the end of the file's name. */
export const graphFormats: Readonly<Record<string, (graph: PostureGraph) => string>> = {
  '.json': (graph) => JSON.stringify(graph, undefined, 2),
  '.dot': renderDot,
  '.mmd': renderMermaid,
};
