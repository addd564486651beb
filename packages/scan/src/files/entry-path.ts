/** The path as unzip would make it below a folder; undefined where it would leave the folder, or names nothing. */
export function entryPath(name: string): string | undefined {
  const parts = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isOutside = parts.includes('..') || /^([/\\]|[a-z]:)/i.test(name) || name.includes('\0');
  return isOutside || parts.length === 0 ? undefined : parts.join('/');
}
