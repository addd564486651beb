import type { FoundPackage } from '../../found-package.ts';
import { asObject, asText, type InventoryReader, named } from '../reader.ts';
import { longestPath } from './package-in-path.ts';

type Entry = Record<string, unknown>;

/** The name in a place such as node_modules/a/node_modules/@b/c. */
const nameAt = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What Node would find for the name, seen from the place: the nearest node_modules upwards. */
function resolve(packages: Map<string, Entry>, place: string, name: string): string | undefined {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const entry = packages.get(`${from === '' ? '' : `${from}/`}node_modules/${name}`);
    if (entry) return asText(entry.version);
    if (from === '') return undefined;
    if (!from.includes('/node_modules/')) from = '';
  }
}

function dependenciesOf(packages: Map<string, Entry>, place: string, entry: Entry) {
  const names = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) =>
    Object.keys(asObject(entry[key])),
  );
  return [...new Set(names)].flatMap((name) => {
    const version = resolve(packages, place, name);
    return version === undefined ? [] : [{ name, version }];
  });
}

/** Lockfiles of version 2 and 3: one flat list of places. */
function readPackages(list: Record<string, unknown>, path: string): FoundPackage[] {
  const packages = new Map(Object.entries(list).map(([place, entry]) => [place, asObject(entry)]));
  const root = packages.get('') ?? {};
  const asked = new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
      Object.keys(asObject(root[key])),
    ),
  );
  return [...packages].flatMap(([place, entry]) => {
    if (place.length > longestPath) return [];
    // Version 1 of the lockfile writes an alias into the version.
    const [, alias, aliased] = /^npm:(.+)@([^@]+)$/.exec(asText(entry.version) ?? '') ?? [];
    const version = aliased ?? asText(entry.version);
    if (!place.includes('node_modules/') || entry.link === true || version === undefined) return [];
    return [
      {
        ecosystem: 'npm' as const,
        name: alias ?? asText(entry.name) ?? nameAt(place),
        version,
        evidence: [{ path, by: 'lockfile' as const }],
        dependencies: dependenciesOf(packages, place, entry),
        direct: place === `node_modules/${nameAt(place)}` && asked.has(nameAt(place)),
        ...((entry.dev === true || entry.devOptional === true) && { development: true }),
      },
    ];
  });
}

/** Lockfiles of version 1: a tree, which becomes the same flat list. */
function flatten(
  tree: Record<string, unknown>,
  below: string,
  into: Record<string, Entry>,
): Record<string, Entry> {
  const waiting = [{ tree, below }];
  for (const { tree, below } of waiting)
    for (const [name, value] of Object.entries(tree)) {
      const { requires, dependencies, ...entry } = asObject(value);
      const place = `${below}node_modules/${name}`;
      if (place.length > longestPath) continue;
      into[place] = { ...entry, dependencies: asObject(requires) };
      waiting.push({ tree: asObject(dependencies), below: `${place}/` });
    }
  return into;
}

/** package-lock.json and npm-shrinkwrap.json, lockfileVersion 1 to 3 (docs.npmjs.com, package-lock.json). */
export const packageLock: InventoryReader = {
  matches: (path) =>
    named('package-lock.json', 'npm-shrinkwrap.json', '.package-lock.json')(path) &&
    !/node_modules\/.*node_modules\//.test(path),
  read(bytes, path) {
    const lock = asObject(JSON.parse(bytes.toString('utf8')));
    if ('packages' in lock) return readPackages(asObject(lock.packages), path);
    // Version 1 does not say what the function itself asks for.
    return readPackages(flatten(asObject(lock.dependencies), '', {}), path).map(
      ({ direct: _, ...found }) => found,
    );
  },
};
