import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPackages, idsOf, inventoryTestdata } from '../../testing/find-packages.ts';

const testdata = join(inventoryTestdata, 'dotnet');
const listed = readFileSync(join(testdata, 'dotnet-list.txt'), 'utf8').trim().split('\n');

test.each(['shop.deps.json', 'packages.lock.json'])('%s: what `dotnet list package` lists', async (name) => {
  const place = await mkdtemp(join(tmpdir(), 'ringfence-dotnet-'));
  try {
    await cp(join(testdata, name), join(place, name));
    const { packages, notes } = await findPackages(place);
    expect(notes).toEqual([]);
    expect(idsOf(packages)).toEqual(listed.sort());
    expect(packages.filter(({ direct }) => direct).map(({ name }) => name)).toEqual([
      'RestSharp',
      'Serilog.Sinks.Console',
    ]);
    expect(packages.find(({ name }) => name === 'Serilog.Sinks.Console')?.dependencies).toEqual([
      { name: 'Serilog', version: '4.0.0' },
    ]);
  } finally {
    await rm(place, { recursive: true });
  }
});
