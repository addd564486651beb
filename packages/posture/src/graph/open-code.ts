import { readFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { openPackage, type PackageFile, type PackageFiles } from '@ringfence/scan';
import { type FunctionCode, stemOf } from './find-code.ts';
import type { SharedSources } from './shared-sources.ts';

/** Code that stands in a template is in the file that its handler names. */
const fileName = (handler = 'index.handler', runtime = '') =>
  `${stemOf(handler)}.${runtime.startsWith('python') ? 'py' : 'js'}`;

function fileOf(path: string, size: number, read: PackageFile['read']): PackageFile {
  return { path, kind: 'file', size, mode: 0, read };
}

/** What it imports from elsewhere, as it imports it when it is built. */
function withImports(file: PackageFile, imports: Readonly<Record<string, string>>): PackageFile {
  const read = async () =>
    Buffer.from(
      (await file.read())
        .toString('utf8')
        .replaceAll(/(['"`])([^'"`\n]+)\1/g, (whole, quote: string, specifier: string) =>
          Object.hasOwn(imports, specifier) ? quote + imports[specifier] + quote : whole,
        ),
    );
  return { ...file, read };
}

function addShared(files: Map<string, PackageFile>, { files: shared, imports }: SharedSources, root: string) {
  for (const [path, source] of Object.entries(shared))
    files.set(
      path,
      fileOf(path, 0, () => readFile(join(root, source))),
    );
  for (const [path, own] of Object.entries(imports)) {
    const file = files.get(path);
    if (file) files.set(path, withImports(file, own));
  }
}

/** Python finds modules of a layer in its folder of that name; what is built has none yet. */
async function addLayer(files: Map<string, PackageFile>, layer: string): Promise<PackageFiles> {
  const opened = await openPackage(layer);
  const isBuilt = [...opened.files.keys()].some((path) => path.startsWith('python/'));
  for (const [path, file] of opened.files) {
    const at = isBuilt ? path : `python/${path}`;
    if (!files.has(at)) files.set(at, { ...file, path: at });
  }
  return opened;
}

/** Another project that it is built with; its files are named as seen from the function's own. */
async function addProject(
  files: Map<string, PackageFile>,
  from: string,
  folder: string,
): Promise<PackageFiles> {
  const opened = await openPackage(folder);
  for (const [path, file] of opened.files) {
    // A package of Go is one folder; those below are named where they are imported.
    if (path.endsWith('.go') && path.includes('/')) continue;
    const at = posix.join(relative(from, folder), path);
    if (!files.has(at)) files.set(at, { ...file, path: at });
  }
  return opened;
}

/** Opens a function's code for reading. Rejects with a `ScanError` for what is neither a folder nor a zip. */
export async function openCode({
  path,
  text,
  handler,
  runtime,
  shared,
  layers,
  projects,
  root,
}: FunctionCode): Promise<PackageFiles> {
  if (text !== undefined) {
    const content = Buffer.from(text);
    const file = fileOf(fileName(handler, runtime), content.length, async () => content);
    return {
      name: path,
      kind: 'folder',
      files: new Map([[file.path, file]]),
      notes: [],
      close: async () => {},
    };
  }
  const own = await openPackage(path);
  const files = new Map(own.files);
  if (shared) addShared(files, shared, root);
  const isPython = runtime?.startsWith('python');
  const opened = await Promise.all(isPython ? layers.map((layer) => addLayer(files, join(root, layer))) : []);
  const beside = await Promise.all(
    (projects?.folders ?? []).map((folder) => addProject(files, path, folder)),
  );
  const close = async () => {
    await Promise.all([own, ...opened, ...beside].map((each) => each.close()));
  };
  const lost = (projects?.missing ?? []).map(
    (each) => `${each}, which it is built with, is not there as source`,
  );
  return { ...own, files, notes: [...own.notes, ...lost], close };
}
