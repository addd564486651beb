import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { membersOf } from '../graph/json.ts';
import { readDocument } from '../template/read-document.ts';

const names = ['serverless-compose.yml', 'serverless-compose.yaml', 'serverless-compose.json'];

interface Composed {
  folder: string;
  params: unknown;
}

/** The services that the file of serverless-compose in a folder names; none where there is no file. `root`: where names in messages begin. */
function composedIn(folder: string, root: string): Composed[] {
  const file = names.map((name) => join(folder, name)).find((each) => existsSync(each));
  if (file === undefined) return [];
  const { services } = membersOf(readDocument(file, relative(root, file)));
  return Object.values(membersOf(services)).flatMap((service) => {
    const { path, params } = membersOf(service);
    return typeof path === 'string' ? [{ folder: resolve(folder, path), params }] : [];
  });
}

/** The folders of the services in the file of serverless-compose in a folder; those outside of it are left out. */
export const composedFolders = (folder: string): string[] =>
  composedIn(folder, folder)
    .map((service) => join(folder, relative(resolve(folder), service.folder)))
    .filter((each) => !relative(folder, each).startsWith('..'));

/** The folders from that of the path up to the root. */
function foldersTo(root: string, folder: string): string[] {
  const up = dirname(folder);
  const isEnd = folder === root || up === folder || relative(root, folder).startsWith('..');
  return isEnd ? [folder] : [folder, ...foldersTo(root, up)];
}

/** The `param:`s that serverless-compose gives the service at the path. What it takes from another service's outputs is not known. */
export function composeParams(path: string, root: string): Record<string, string> {
  const folder = dirname(resolve(path));
  const own = foldersTo(resolve(root), folder)
    .flatMap((each) => composedIn(each, root))
    .find((service) => service.folder === folder);
  return Object.fromEntries(
    Object.entries(membersOf(own?.params)).flatMap(([name, value]): [string, string][] =>
      /^(string|number|boolean)$/.test(typeof value) && !String(value).includes('${')
        ? [[name, String(value)]]
        : [],
    ),
  );
}
