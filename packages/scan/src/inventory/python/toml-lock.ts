import { parse } from 'smol-toml'; // TOML 1.0, small and strict
import { asObject, asText, type InventoryReader, named } from '../reader.ts';
import { requirementName } from './installed-metadata.ts';

type Entry = Record<string, unknown>;

/** poetry: a table by name. uv and pylock: a list of tables with a name. pdm: a list of requirements. */
function dependencyNames(value: unknown): string[] {
  if (!Array.isArray(value)) return Object.keys(asObject(value));
  return value.flatMap((each) => asText(asObject(each).name) ?? requirementName(String(each)) ?? []);
}

/** The function's own code, which is no package of the registry. */
function isOwn({ source, ...entry }: Entry): boolean {
  const from = asObject(source);
  const kinds = ['virtual', 'editable', 'directory', 'workspace'];
  return 'directory' in entry || kinds.some((kind) => kind in from || from.type === kind);
}

/** With those of extras: uv locks none that nobody asks for. */
const neededBy = (entry: Entry) =>
  [entry.dependencies, ...Object.values(asObject(entry['optional-dependencies']))].flatMap(dependencyNames);

/** What the function's own code brings, by name. */
function listShipped(entries: Entry[], asked: Set<string>): Set<string> {
  const dependencies = new Map(entries.map((entry) => [asText(entry.name), neededBy(entry)]));
  const shipped = new Set(asked);
  for (const name of shipped) for (const next of dependencies.get(name) ?? []) shipped.add(next);
  return shipped;
}

/** poetry and pdm write the groups beside each package; uv leaves it to follow what its own package needs. */
function findDevelopment(entries: Entry[], asked: Set<string> | undefined): (entry: Entry) => boolean {
  if (asked) {
    const shipped = listShipped(entries, asked);
    return ({ name }) => !shipped.has(String(name));
  }
  return (entry) => {
    const groups = Array.isArray(entry.groups) ? entry.groups : [entry.category ?? 'main'];
    return !groups.some((group) => group === 'main' || group === 'default');
  };
}

/** poetry.lock, uv.lock, pdm.lock and pylock.toml (PEP 751): one table a package. */
export const tomlLock: InventoryReader = {
  matches: (path) =>
    named('poetry.lock', 'uv.lock', 'pdm.lock')(path) || /(^|\/)pylock(\.[^/.]+)?\.toml$/.test(path),
  read(bytes, path) {
    const lock = asObject(parse(bytes.toString('utf8')));
    const packages = lock.package ?? lock.packages;
    const entries = (Array.isArray(packages) ? packages : []).map(asObject);
    const own = entries.filter(isOwn);
    const asked = named('uv.lock')(path) ? new Set(own.flatMap(neededBy)) : undefined;
    const isDevelopment = findDevelopment(entries, asked);
    return entries.flatMap((entry) => {
      const [name, version] = [asText(entry.name), asText(entry.version)];
      if (name === undefined || version === undefined || own.includes(entry)) return [];
      return [
        {
          ecosystem: 'PyPI' as const,
          name,
          version,
          evidence: [{ path, by: 'lockfile' as const }],
          dependencies: dependencyNames(entry.dependencies).map((name) => ({ name })),
          ...(asked && { direct: asked.has(name) }),
          ...(isDevelopment(entry) && { development: true }),
        },
      ];
    });
  },
};
