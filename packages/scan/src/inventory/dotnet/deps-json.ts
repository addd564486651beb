import { asObject, asText, type InventoryReader } from '../reader.ts';

/** NAME.deps.json, which the runtime itself reads to find assemblies (github.com/dotnet/sdk, runtime-configuration-file.md). */
export const depsJson: InventoryReader = {
  matches: (path) => path.endsWith('.deps.json'),
  read(bytes, path) {
    const document = asObject(JSON.parse(bytes.toString('utf8')));
    const target = asText(asObject(document.runtimeTarget).name) ?? '';
    const dependenciesAt = asObject(asObject(document.targets)[target]);
    const libraries = Object.entries(asObject(document.libraries));
    const own = libraries.filter(([, entry]) => asObject(entry).type === 'project').map(([key]) => key);
    const dependenciesOf = (key: string) =>
      Object.entries(asObject(asObject(dependenciesAt[key]).dependencies)).map(([name, version]) => ({
        name,
        version: String(version),
      }));
    const direct = new Set(own.flatMap((key) => dependenciesOf(key).map(({ name }) => name)));
    return libraries.flatMap(([key, entry]) => {
      const [name, version] = key.split('/');
      if (asObject(entry).type !== 'package' || !name || !version) return [];
      return [
        {
          ecosystem: 'NuGet' as const,
          name,
          version,
          evidence: [{ path, by: 'installed' as const }],
          dependencies: dependenciesOf(key),
          direct: direct.has(name),
        },
      ];
    });
  },
};
