import { asObject, asText, type InventoryReader } from '../reader.ts';

/** node_modules as it is shipped: what is really there, whatever a lockfile says. */
export const nodeModules: InventoryReader = {
  matches: (path) => /(^|\/)node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(path),
  read(bytes, path) {
    const manifest = asObject(JSON.parse(bytes.toString('utf8')));
    const [name, version] = [asText(manifest.name), asText(manifest.version)];
    // Without them it is no package, as the package.json that only says "type": "module".
    if (name === undefined || version === undefined) return [];
    const asked = { ...asObject(manifest.dependencies), ...asObject(manifest.optionalDependencies) };
    const dependencies = Object.keys(asked).map((name) => ({ name }));
    return [
      {
        ecosystem: 'npm' as const,
        name,
        version,
        evidence: [{ path, by: 'installed' as const }],
        dependencies,
      },
    ];
  },
};
