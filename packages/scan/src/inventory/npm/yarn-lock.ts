import { parseSyml } from '@yarnpkg/parsers'; // yarn's own reader of both forms of its lockfile
import { asObject, asText, type InventoryReader, named } from '../reader.ts';

/** The name in `@a/b@^1.0.0`, `b@npm:^1.0.0` or `alias@npm:@a/b@1`. */
function nameIn(descriptor: string): string {
  const at = descriptor.indexOf('@', 1);
  const [name, range] = at === -1 ? [descriptor, ''] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
  const aliased = /^npm:((?:@[^/]+\/)?[^@]+)@/.exec(range);
  return aliased?.[1] ?? name;
}

/** yarn.lock, of yarn 1 and of yarn 2 and later. Neither says what the function itself asks for; package.json does. */
export const yarnLock: InventoryReader = {
  matches: named('yarn.lock'),
  read(bytes, path) {
    const entries = Object.entries(asObject(parseSyml(bytes.toString('utf8')))).filter(
      ([key]) => key !== '__metadata',
    );
    const versions = new Map<string, string>();
    for (const [key, value] of entries)
      for (const descriptor of key.split(/,\s*/))
        versions.set(descriptor.replace('@npm:', '@'), String(asObject(value).version));
    return entries.flatMap(([key, value]) => {
      const entry = asObject(value);
      const version = asText(entry.version);
      // Workspaces and links are the function's own code.
      const isOwn = entry.linkType === 'soft' || version === '0.0.0-use.local';
      if (version === undefined || isOwn) return [];
      const resolution = asText(entry.resolution);
      const name = nameIn(resolution ?? (key.split(/,\s*/)[0] as string));
      const asked = { ...asObject(entry.dependencies), ...asObject(entry.optionalDependencies) };
      const dependencies = Object.entries(asked).map(([name, range]) => {
        const version = versions.get(`${name}@${String(range).replace(/^npm:/, '')}`);
        return { name, ...(version !== undefined && { version }) };
      });
      return [
        {
          ecosystem: 'npm' as const,
          name,
          version,
          evidence: [{ path, by: 'lockfile' as const }],
          dependencies,
        },
      ];
    });
  },
};
