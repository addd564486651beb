import { parse } from 'yaml';
import { asObject, type InventoryReader, named } from '../reader.ts';

/** `/a/1.0.0`, `/@a/b@1.0.0(peer@2.0.0)`, `a@1.0.0`: of lockfile versions 5, 6 and 9. */
function readKey(key: string): { name: string; version: string } | undefined {
  const bare = key.replace(/^\//, '').replace(/\(.*$/s, '');
  const match = /^(@[^/]+\/[^/@]+|[^/@]+)[@/](\d[^/_]*)/.exec(bare);
  return match ? { name: match[1] as string, version: match[2] as string } : undefined;
}

function readDependencies(value: unknown): { name: string; version: string }[] {
  return Object.entries(asObject(value)).map(([name, version]) => {
    const text = String(asObject(version).version ?? version).replace(/[(_].*$/s, '');
    // An alias names the real package: npm:a@1 is written a@1.0.0 or /a/1.0.0.
    const aliased = /^[/@a-z]/i.test(text) ? readKey(text) : undefined;
    return aliased ?? { name, version: text };
  });
}

const sections = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** pnpm-lock.yaml, lockfileVersion 5 to 9. */
export const pnpmLock: InventoryReader = {
  matches: named('pnpm-lock.yaml'),
  read(bytes, path) {
    const lock = asObject(parse(bytes.toString('utf8'), { maxAliasCount: 100 }));
    const importers = 'importers' in lock ? Object.values(asObject(lock.importers)).map(asObject) : [lock];
    const isId = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;
    const asked = new Set(
      importers.flatMap((importer) => sections.flatMap((key) => readDependencies(importer[key]).map(isId))),
    );
    const snapshots = asObject(lock.snapshots);
    return Object.entries({ ...asObject(lock.packages), ...snapshots }).flatMap(([key, value]) => {
      const id = readKey(key);
      if (!id) return [];
      const entry = asObject(value);
      return [
        {
          ecosystem: 'npm' as const,
          ...id,
          evidence: [{ path, by: 'lockfile' as const }],
          dependencies: [
            ...readDependencies(entry.dependencies),
            ...readDependencies(entry.optionalDependencies),
          ],
          direct: asked.has(isId(id)),
          ...(entry.dev === true && { development: true }),
        },
      ];
    });
  },
};
