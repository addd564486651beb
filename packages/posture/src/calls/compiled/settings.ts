import { parse } from 'yaml';

/** Texts that an application's own files give its settings, by their names without dashes and in small letters. */
export type Settings = ReadonlyMap<string, string>;

/** What Spring, Micronaut and MicroProfile read by themselves. */
const settingsFile = /(^|\/)(application|bootstrap|microprofile-config)\.(properties|ya?ml)$/;
export const isSettingsFile = (path: string): boolean => settingsFile.test(path);

export const settingKey = (name: string): string => name.replaceAll('-', '').toLowerCase();

function* flattened(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === 'string' || typeof value === 'number') yield [settingKey(path), String(value)];
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value))
      yield* flattened(inner, path === '' ? key : `${path}.${key}`);
}

const ofProperties = (text: string): [string, string][] =>
  text.split('\n').flatMap((line): [string, string][] => {
    const [, key, value = ''] = /^\s*([\w.[\]-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined ? [] : [[settingKey(key), value]];
  });

/** The settings of a file; throws on what is no YAML. Of several documents, which are for profiles, the first. */
export function readSettings(path: string, text: string): [string, string][] {
  if (path.endsWith('.properties')) return ofProperties(text);
  const [first = ''] = text.split(/^---\s*$/m).filter((part) => part.trim() !== '');
  // Maven fills in @project.version@, which is no YAML.
  const filled = first.replaceAll(/@([\w.-]+)@/g, '$1');
  try {
    return [...flattened(parse(filled, { maxAliasCount: 50 }), '')];
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
}
