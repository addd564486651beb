import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';

test('what anyone may call, reaches much and is broken stands before what nobody calls', async () => {
  const shop = fileURLToPath(new URL('../../../../examples/apps/shop', import.meta.url));
  const { graph } = await findPosture(shop, await readPosture(shop));
  const score = (id: string) => graph?.nodes.find((node) => node.id === id)?.score ?? -1;
  // Open (40), writes the orders (15), and a critical finding (30).
  expect(score('SearchOrders')).toBe(85);
  // A known customer (10), who reads the orders (10), and nothing is wrong.
  expect(score('GetOrder')).toBe(20);
  // Open, and nothing behind it but the finding that says so.
  expect(score('Health')).toBe(45);
  expect(score('ImportLegacy')).toBeLessThan(score('ExportOrders'));
});
