import { asObject, asText, type InventoryReader, named } from '../reader.ts';

/** Pipfile.lock (pipenv). It does not tell which packages the function itself asks for. */
export const pipfileLock: InventoryReader = {
  matches: named('Pipfile.lock'),
  read(bytes, path) {
    const lock = asObject(JSON.parse(bytes.toString('utf8')));
    return ['default', 'develop'].flatMap((section) =>
      Object.entries(asObject(lock[section])).flatMap(([name, entry]) => {
        const version = asText(asObject(entry).version)?.replace(/^=+/, '');
        if (version === undefined) return [];
        return [
          {
            ecosystem: 'PyPI' as const,
            name,
            version,
            evidence: [{ path, by: 'lockfile' as const }],
            dependencies: [],
            ...(section === 'develop' && { development: true }),
          },
        ];
      }),
    );
  },
};
