import type { FoundPackage } from '../../found-package.ts';
import { type InventoryReader, named } from '../reader.ts';

/** Without the platform that may follow, as in nokogiri (1.15.0-x86_64-linux). */
const withoutPlatform = (version: string) =>
  version.replace(/-(?:x86|arm|aarch|java|universal|mingw|mswin|x64|ruby|jruby|darwin|linux).*$/, '');

/** Gemfile.lock and gems.locked (bundler): gems by four spaces, what they need by six. */
export const gemfileLock: InventoryReader = {
  matches: named('Gemfile.lock', 'gems.locked'),
  read(bytes, path) {
    const found: FoundPackage[] = [];
    const direct = new Set<string>();
    let section = '';
    for (const line of bytes.toString('utf8').split(/\r?\n/)) {
      const [, indent = '', name = '', version] =
        /^( *)([^\s(]+)(?: \(([^)]*)\))?!?$/.exec(line.replace(/!$/, '')) ?? [];
      if (name === '') continue;
      if (indent === '') section = name;
      else if (section === 'DEPENDENCIES' && indent.length === 2) direct.add(name);
      else if (section === 'GEM' && indent.length === 4 && version !== undefined)
        found.push({
          ecosystem: 'RubyGems',
          name,
          version: withoutPlatform(version),
          evidence: [{ path, by: 'lockfile' }],
          dependencies: [],
        });
      else if (section === 'GEM' && indent.length === 6) found.at(-1)?.dependencies.push({ name });
    }
    return found.map((each) => ({ ...each, direct: direct.has(each.name) }));
  },
};
