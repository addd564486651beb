import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPackage } from '../files/open-package.ts';
import type { Finder } from '../finder.ts';
import { takeInventory } from '../inventory/take-inventory.ts';
import { makeZip, type ZipPart } from './make-zip.ts';

/** What a finder finds in a zip of these entries. */
export async function findIn({ find }: Finder, parts: ZipPart[]): ReturnType<Finder['find']> {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-finder-'));
  const path = join(folder, 'package.zip');
  writeFileSync(path, makeZip(parts));
  const files = await openPackage(path);
  try {
    const { packages } = await takeInventory(files);
    return await find({ files, packages, database: undefined, onProgress: () => {} });
  } finally {
    await files.close();
    rmSync(folder, { recursive: true });
  }
}
