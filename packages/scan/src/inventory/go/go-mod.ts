import { type InventoryReader, named } from '../reader.ts';

const requirement = /^\s*(?:require\s+)?([^\s().]+\.[^\s()]+)\s+v(\S+)\s*(\/\/ indirect)?/;

/** go.mod, which names every module since Go 1.17 (go.dev/ref/mod). */
export const goMod: InventoryReader = {
  matches: named('go.mod'),
  read(bytes, path) {
    const text = bytes.toString('utf8');
    let isRequired = false;
    const lines = text.split('\n').filter((line) => {
      if (/^\s*\)/.test(line)) isRequired = false;
      else if (/^require\s*\(/.test(line)) isRequired = true;
      return isRequired || /^require\s+[^(\s]/.test(line);
    });
    return lines.flatMap((line) => {
      const [, name, version, indirect] = requirement.exec(line) ?? [];
      if (name === undefined || version === undefined) return [];
      return [
        {
          ecosystem: 'Go' as const,
          name,
          version,
          evidence: [{ path, by: 'lockfile' as const }],
          dependencies: [],
          direct: indirect === undefined,
        },
      ];
    });
  },
};
