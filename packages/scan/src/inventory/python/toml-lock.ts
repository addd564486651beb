import { parse } from 'smol-toml'; // TOML 1.0, small and strict
import { asObject, asText, type InventoryReader, named } from '../reader.ts';
import { requirementName } from './installed-metadata.ts';

/** poetry: a table by name. uv and pylock: a list of tables with a name. pdm: a list of requirements. */
function dependencyNames(value: unknown): string[] {
  if (!Array.isArray(value)) return Object.keys(asObject(value));
  return value.flatMap((each) => asText(asObject(each).name) ?? requirementName(String(each)) ?? []);
}

/** The function's own code, which is no package of the registry. */
const isOwn = (source: Record<string, unknown>) =>
  ['virtual', 'editable', 'directory', 'workspace'].some((key) => key in source || source.type === key);

/** poetry.lock, uv.lock, pdm.lock and pylock.toml (PEP 751): one table a package. */
export const tomlLock: InventoryReader = {
  matches: (path) =>
    named('poetry.lock', 'uv.lock', 'pdm.lock')(path) || /(^|\/)pylock(\.[^/.]+)?\.toml$/.test(path),
  read(bytes, path) {
    const lock = asObject(parse(bytes.toString('utf8')));
    const packages = lock.package ?? lock.packages;
    return (Array.isArray(packages) ? packages : []).flatMap((value) => {
      const entry = asObject(value);
      const [name, version] = [asText(entry.name), asText(entry.version)];
      if (
        name === undefined ||
        version === undefined ||
        isOwn(asObject(entry.source)) ||
        'directory' in entry
      )
        return [];
      const groups = Array.isArray(entry.groups) ? entry.groups : [entry.category ?? 'main'];
      return [
        {
          ecosystem: 'PyPI' as const,
          name,
          version,
          evidence: [{ path, by: 'lockfile' as const }],
          dependencies: dependencyNames(entry.dependencies).map((name) => ({ name })),
          ...(!groups.some((group) => group === 'main' || group === 'default') && { development: true }),
        },
      ];
    });
  },
};
