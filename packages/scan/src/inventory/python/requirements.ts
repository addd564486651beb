import { baseName, type InventoryReader } from '../reader.ts';

const pinned = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?={2,3}\s*([^\s;#,*]+)\s*(?:[;#\\]|--hash|$)/;

/** requirements.txt and its like. Only what is pinned by == has a version; ranges say nothing about what is inside. */
export const requirements: InventoryReader = {
  matches: (path) => /^(.*[-_.])?requirements([-_.].*)?\.txt$|^constraints\.txt$/.test(baseName(path)),
  read(bytes, path) {
    const lines = bytes
      .toString('utf8')
      .replace(/\\\r?\n/g, ' ')
      .split(/\r?\n/);
    const development = /dev|test|lint|docs/.test(baseName(path));
    return lines.flatMap((line) => {
      const [, name, version] = pinned.exec(line.trim()) ?? [];
      if (name === undefined || version === undefined) return [];
      return [
        {
          ecosystem: 'PyPI' as const,
          name,
          version,
          evidence: [{ path, by: 'manifest' as const }],
          dependencies: [],
          ...(development && { development }),
        },
      ];
    });
  },
};
