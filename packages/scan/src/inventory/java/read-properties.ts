/** Java's property files, as far as Maven writes them. */
export function readProperties(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*[#!]/.test(line));
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, key, value] = /^\s*([\w.-]+)\s*[=:](.*)$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value.trim()]];
    }),
  );
}
