import type { GraphNode, PostureGraph } from '@ringfence/findings';
import { expect, test } from 'vitest';
import { findNear } from './find-near.ts';
import { layOut, NODE, withoutRoles } from './lay-out.ts';

const node = (id: string, kind: GraphNode['kind'], more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  kind,
  type: kind,
  label: id,
  findings: 0,
  ...more,
});

const shop: PostureGraph = {
  nodes: [
    node('role', 'role'),
    node('table', 'service'),
    node('calm', 'function'),
    node('bad', 'function', { severity: 'high' }),
    node('api', 'source'),
  ],
  edges: [
    { from: 'api', to: 'calm', kind: 'starts' },
    { from: 'calm', to: 'role', kind: 'assumes' },
    { from: 'calm', to: 'table', kind: 'reads' },
  ],
};

test('triggers stand left of functions, services right, and the worst function on top', () => {
  const at = Object.fromEntries(layOut(withoutRoles(shop)).map(({ node: { id }, x, y }) => [id, { x, y }]));
  expect(Object.keys(at).sort()).toEqual(['api', 'bad', 'calm', 'table']);
  expect(at.api?.x).toBeLessThan(at.calm?.x ?? 0);
  expect(at.calm?.x).toBeLessThan(at.table?.x ?? 0);
  expect(at.bad?.y).toBeLessThan(at.calm?.y ?? 0);
});

test('many functions go on in further columns, and no two nodes cover one another', () => {
  const nodes = Array.from({ length: 500 }, (_, index) => node(`f${index}`, 'function'));
  const placed = layOut({ nodes: [...nodes, node('api', 'source')], edges: [] });
  expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(501);
  expect(Math.max(...placed.map(({ y }) => y))).toBeLessThan(70 * NODE.down);
});

test('a search keeps what is one step away', () => {
  expect([...(findNear(shop, 'TABLE') ?? [])].sort()).toEqual(['calm', 'table']);
  expect(findNear(shop, ' ')).toBeUndefined();
});
