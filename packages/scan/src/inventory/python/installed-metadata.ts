import { asText, type InventoryReader } from '../reader.ts';

/** The name at the beginning of a requirement such as `urllib3[socks] (<1.27,>=1.21) ; extra == "x"` (PEP 508). */
export const requirementName = (requirement: string): string | undefined =>
  /^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1];

/** METADATA of a wheel and PKG-INFO of an egg, as pip leaves them beside the code (packaging.python.org, Core metadata). */
export const installedMetadata: InventoryReader = {
  matches: (path) =>
    /(^|\/)[^/]+\.(dist-info\/METADATA|egg-info(\/PKG-INFO)?|egg\/EGG-INFO\/PKG-INFO)$/.test(path),
  read(bytes, path) {
    // Headers end at the first blank line; the description follows.
    const head = bytes.toString('utf8').split(/\r?\n\r?\n/, 1)[0] as string;
    const fields = head.split(/\r?\n/).flatMap((line) => {
      const [, key = '', value = ''] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
      return key === '' ? [] : [{ key: key.toLowerCase(), value }];
    });
    const first = (key: string) => asText(fields.find((field) => field.key === key)?.value.trim());
    const [name, version] = [first('name'), first('version')];
    if (name === undefined || version === undefined) throw new Error('it has no Name and Version');
    // What an extra asks for is there only if somebody asked for the extra.
    const required = fields.filter(
      ({ key, value }) => key === 'requires-dist' && !/^[^;]*;.*\bextra\b/.test(value),
    );
    const dependencies = required.flatMap(({ value }) => {
      const name = requirementName(value);
      return name === undefined ? [] : [{ name }];
    });
    return [{ ecosystem: 'PyPI', name, version, evidence: [{ path, by: 'installed' }], dependencies }];
  },
};
