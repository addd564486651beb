/** Headers by which tools name what is in a jar; the surest first. Maven's own are pom.properties. */
const versionKeys = ['bundle-version', 'implementation-version', 'specification-version'];
const nameKeys = ['bundle-symbolicname', 'automatic-module-name', 'implementation-title'];

/** Long lines go on behind a line break and a space. */
function readHeaders(text: string): Map<string, string> {
  const main = text.replace(/\r?\n /g, '').split(/\r?\n\r?\n/, 1)[0] as string;
  return new Map(
    main.split(/\r?\n/).flatMap((line) => {
      const [, key, value] = /^([\w-]+):(.*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key.toLowerCase(), (value as string).trim()] as const];
    }),
  );
}

/** The group in a name such as org.apache.commons.commons-text, of which the artifact is the end. */
function groupOf(name: string | undefined, artifact: string): string | undefined {
  const bare = name?.split(';', 1)[0] ?? '';
  if (!/^[a-z][\w-]*(\.[\w-]+)+$/i.test(bare)) return undefined;
  const last = bare.slice(bare.lastIndexOf('.') + 1);
  return artifact === last || artifact.endsWith(`-${last}`) ? bare.slice(0, bare.lastIndexOf('.')) : bare;
}

/** What a jar without pom.properties says of itself in META-INF/MANIFEST.MF and by its file's name. Undefined where that is not enough. */
export function readManifest(
  text: string,
  file: { artifact: string | undefined; version: string | undefined },
): { name: string; version: string } | undefined {
  const headers = readHeaders(text);
  const version =
    file.version ?? versionKeys.map((key) => headers.get(key)).find((value) => value && /^\d/.test(value));
  const { artifact } = file;
  if (artifact === undefined || version === undefined) return undefined;
  const group =
    headers.get('implementation-vendor-id') ??
    nameKeys.map((key) => groupOf(headers.get(key), artifact)).find((value) => value !== undefined);
  return group === undefined ? undefined : { name: `${group}:${artifact}`, version };
}
