import { baseName, type InventoryReader } from '../reader.ts';

/** Installed gems: RubyGems writes a specification of each, whose second line is `# stub: name version platform paths`. */
export const installedGems: InventoryReader = {
  matches: (path) => /(^|\/)specifications\/(default\/)?[^/]+\.gemspec$/.test(path),
  read(bytes, path) {
    const text = bytes.toString('utf8');
    const [, name, version] =
      /^# stub: (\S+) (\S+) /m.exec(text) ?? /^(.+?)-(\d[^-]*)(?:-.*)?\.gemspec$/.exec(baseName(path)) ?? [];
    if (name === undefined || version === undefined)
      throw new Error('its name and version are not where RubyGems writes them');
    const required = text.matchAll(/\.add_(?:runtime_)?dependency\(%q<([^>]+)>/g);
    const names = new Set([...required].map((match) => match[1] as string));
    return [
      {
        ecosystem: 'RubyGems',
        name,
        version,
        evidence: [{ path, by: 'installed' }],
        dependencies: [...names].map((name) => ({ name })),
      },
    ];
  },
};
