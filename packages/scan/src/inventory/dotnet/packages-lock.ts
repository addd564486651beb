import { asObject, asText, type InventoryReader } from '../reader.ts';

/** packages.lock.json, one list for each target framework. */
export const packagesLock: InventoryReader = {
  matches: (path) => /(^|\/|\.)packages\.lock\.json$/.test(path),
  read(bytes, path) {
    const frameworks = Object.values(asObject(asObject(JSON.parse(bytes.toString('utf8'))).dependencies));
    return frameworks.flatMap((framework) =>
      Object.entries(asObject(framework)).flatMap(([name, value]) => {
        const entry = asObject(value);
        const version = asText(entry.resolved);
        if (version === undefined || entry.type === 'Project') return [];
        return [
          {
            ecosystem: 'NuGet' as const,
            name,
            version,
            evidence: [{ path, by: 'lockfile' as const }],
            dependencies: Object.entries(asObject(entry.dependencies)).map(([name, version]) => ({
              name,
              version: String(version),
            })),
            direct: entry.type === 'Direct',
          },
        ];
      }),
    );
  },
};
