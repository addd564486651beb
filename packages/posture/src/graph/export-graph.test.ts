import { fileURLToPath } from 'node:url';
import { PostureGraph } from '@ringfence/findings';
import { expect, test } from 'vitest';
import { runChecks } from '../checks/run-checks.ts';
import { readTemplate } from '../cloudformation/read-template.ts';
import { buildGraph } from './build-graph.ts';
import { exportGraph } from './export-graph.ts';
import { mergeGraphs } from './merge-graphs.ts';
import { graphFormats } from './render-graph.ts';

const shop = fileURLToPath(new URL('../../../../examples/apps/shop', import.meta.url));
const read = buildGraph(readTemplate(`${shop}/template.yaml`, {}, shop));
const graph = await exportGraph(read, await runChecks(read));
const edges = (from: string) =>
  graph.edges.filter((edge) => edge.from === from).map(({ to, kind, label }) => `${kind} ${to}: ${label}`);
const node = (id: string) => graph.nodes.find((each) => each.id === id);

test('it is what its schema says', () => {
  expect(PostureGraph.parse(graph)).toEqual(graph);
});

test('triggers, roles and what the roles reach are edges', () => {
  expect(edges('ShopApi')).toContain('starts CreateOrder: POST /orders');
  expect(edges('CreateOrder')).toEqual([
    'assumes CreateOrderRole: undefined',
    'writes Orders: dynamodb:PutItem',
    'writes Payments: sqs:SendMessage',
  ]);
  expect(edges('Payments')).toEqual(['starts PayOrder: undefined']);
  expect(edges('SearchOrders')).toEqual([
    'assumes SearchOrdersRole: undefined',
    'reads Orders: dynamodb:*',
    'writes Orders: dynamodb:*',
  ]);
});

test('what reaches more than the template is an edge to the whole service', () => {
  expect(edges('ExportOrders')).toContain('writes service:s3: s3:PutObject, s3:DeleteObject');
});

test('ways that anyone may take are open', () => {
  const open = graph.edges.filter(({ isOpen }) => isOpen).map(({ from, to }) => `${from} ${to}`);
  expect(open.sort()).toEqual(['Admin/url Admin', 'ShopApi Health', 'ShopApi SearchOrders']);
});

test('nodes have the worst of their findings, functions those of their roles too', () => {
  expect(node('SearchOrders')).toMatchObject({ severity: 'high', kind: 'function' });
  expect(node('Orders')).toMatchObject({ kind: 'service', findings: 0 });
});

test('graphs of several templates stay apart', () => {
  const merged = mergeGraphs([graph, graph]);
  expect(new Set(merged.nodes.map(({ id }) => id)).size).toBe(2 * graph.nodes.length);
  const ids = new Set(merged.nodes.map(({ id }) => id));
  expect(merged.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
});

const hostile = {
  nodes: [{ id: 'a"; }\n', kind: 'function' as const, type: 't', label: '"]\n  evil', findings: 0 }],
  edges: [],
};

test.each([
  ['.dot', /"a\\"; \} " \[label="\\"\] +evil"/],
  ['.mmd', /n0\["#quot;\] +evil"\]/],
])('%s: names cannot break out of their quotes', (format, expected) => {
  expect(graphFormats[format]?.(hostile)).toMatch(expected);
});
