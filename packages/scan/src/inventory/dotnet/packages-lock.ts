import { asObject, asText, type InventoryReader } from '../reader.ts';

/** packages.lock.json, one list for each target framework. */
export const packagesLock: InventoryReader = {
  matches: (path) => /(^|\/|\.)packages\.lock\.json$/.test(path),
  read(bytes, path) {
    const frameworks = Object.values(asObject(asObject(JSON.parse(bytes.toString('utf8'))).dependencies));
    return frameworks.flatMap((framework) => {
      const entries = Object.entries(asObject(framework));
      const versions = new Map(
        entries.map(([name, value]) => [name.toLowerCase(), asText(asObject(value).resolved)]),
      );
      return entries.flatMap(([name, value]) => {
        const entry = asObject(value);
        const version = asText(entry.resolved);
        if (version === undefined || entry.type === 'Project') return [];
        return [
          {
            ecosystem: 'NuGet' as const,
            name,
            version,
            evidence: [{ path, by: 'lockfile' as const }],
            // The versions beside them are the lowest that are asked for, and not what was taken.
            dependencies: Object.keys(asObject(entry.dependencies)).map((name) => {
              const version = versions.get(name.toLowerCase());
              return { name, ...(version !== undefined && { version }) };
            }),
            direct: entry.type === 'Direct',
          },
        ];
      });
    });
  },
};
