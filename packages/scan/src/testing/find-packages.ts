import { openPackage } from '../files/open-package.ts';
import type { FoundPackage } from '../found-package.ts';
import { type Inventory, takeInventory } from '../inventory/take-inventory.ts';

export const inventoryTestdata = new URL('../../testdata/inventory/', import.meta.url).pathname;

export async function findPackages(path: string): Promise<Inventory> {
  const files = await openPackage(path);
  try {
    return await takeInventory(files);
  } finally {
    await files.close();
  }
}

/** What was found, as name@version, in order. */
export const idsOf = (packages: FoundPackage[]): string[] =>
  packages.map(({ name, version }) => `${name}@${version}`).sort();
