import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { nameOf } from '../names/name-of.ts';
import type { Resource } from '../resource.ts';
import { fill, known } from '../template/substitution.ts';
import type { FunctionNode } from './build-graph.ts';
import { isMembers, membersOf, textsOf } from './json.ts';
import { type References, referencedProjects } from './referenced-projects.ts';
import { type SharedSources, sharedSources } from './shared-sources.ts';
import { folderAbove, hasSource, packageName, sourceFolder, sourcesAbove } from './unbuilt-code.ts';

/** Where a function's code is. */
export interface FunctionCode {
  /** A folder or a zip; the template's folder for code that stands in the template. */
  path: string;
  /** The code itself, where it stands in the template. */
  text?: string;
  /** As the settings name it: `src/index.handler`, `depot.GetStock::handleRequest`. */
  handler?: string;
  runtime?: string;
  /** What the function and its package are called, the surest first. */
  names: string[];
  /** Of code in Java, Go and C#: what its environment says, as far as that may choose among what the code does. */
  environment?: Record<string, string>;
  /** What is built into it from elsewhere in the project. */
  shared?: SharedSources;
  /** What code in Java, Go or C# is built with from elsewhere in the project. */
  projects?: References;
  /** Folders of its layers, from the project's folder. */
  layers: string[];
  /** The project's folder. */
  root: string;
}

/** Tells apart what code is read. Handlers in the same package are of the same code. */
export const codeKey = ({ path, text, shared, layers }: FunctionCode): string =>
  JSON.stringify([path, text, shared, layers]);

/** Where a file of the code is, from the project's folder. */
export function placeInProject({ path, shared, layers, root }: FunctionCode, file: string): string {
  const own = join(relative(root, path), file);
  const inLayers = layers.flatMap((layer) => [join(layer, file), join(layer, file.replace(/^python\//, ''))]);
  return shared?.files[file] ?? [own, ...inLayers].find((each) => existsSync(join(root, each))) ?? own;
}

/** The local path that a template names: of SAM and `aws cloudformation package`, or of an asset of the CDK. */
function pathIn({ metadata }: Resource, code: unknown): string | undefined {
  const asset = membersOf(metadata)['aws:asset:path'];
  const path = typeof asset === 'string' ? asset : typeof code === 'string' ? known(code) : undefined;
  return path === undefined || /^[a-z0-9]+:\/\//i.test(path) ? undefined : path;
}

/** The folder of a layer's content, from the project's; undefined where it is none of the project's. */
export function findLayer(layer: Resource, root: string): string | undefined {
  const { Content, ContentUri = Content } = layer.properties;
  const path = pathIn(layer, ContentUri);
  if (path === undefined || layer.place === undefined) return undefined;
  const folder = join(dirname(layer.place.file), path);
  return !folder.startsWith('..') && existsSync(join(root, folder)) ? folder : undefined;
}

/** A handler without its function's name. */
export const stemOf = (handler: string) => handler.replace(/\.[^./]*$/, '');

/** The files in which a handler in JavaScript may be, without their endings: what is bundled names them itself. */
function entriesOf({ resource }: FunctionNode, handler: string): string[] {
  const { EntryPoints } = membersOf(membersOf(resource.metadata).BuildProperties);
  return [stemOf(handler), ...textsOf(EntryPoints)];
}

/** Code in the template; what it has from elsewhere is left out. */
function textIn({ resource }: FunctionNode): string | undefined {
  const { ZipFile } = membersOf(resource.properties.Code);
  return typeof ZipFile === 'string' ? known(fill(ZipFile, () => '')) : undefined;
}

/**
 * Where the sources are of what is yet to be built. An `index.handler` may come from any index.js, so that the handler's file must be there, or a folder
 * be called like the package.
 */
function findSources(
  folder: string,
  given: string,
  root: string,
  handler = '',
  runtime = 'nodejs',
): string | undefined {
  const above = folderAbove(given, root);
  if (!/^(nodejs|python)/.test(runtime)) return above;
  const stem = stemOf(handler);
  if (stem.includes('/') || hasSource(folder, stem)) return folder;
  return sourceFolder(packageName(given), stem, root);
}

/** What a program may be called: as its package is, or as the function. */
const namesOf = ({ resource }: FunctionNode, given: string): string[] => [
  packageName(given),
  ...(nameOf(resource).match(/[\w-]+/g) ?? [])
    // What the CDK names has a hash behind it.
    .map((name) => name.replace(/[0-9A-F]{8}$/, '').replace(/[-_]?(function|lambda|handler)$/i, ''))
    .reverse(),
];

/** Words, not names of resources or addresses. */
const wordsOf = ({ environment }: FunctionNode): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      typeof value === 'string' && /^[A-Za-z][\w.|,;/-]{0,80}$/.test(value) ? [[name, value]] : [],
    ),
  );

/** Code that was downloaded: a package named after the function, in a folder of its own. */
function downloadedCode({ resource, runtime }: FunctionNode, path: string): FunctionCode {
  const { Handler, FunctionName } = resource.properties;
  const handler = typeof Handler === 'string' ? known(Handler) : undefined;
  return {
    path,
    // Its places are told as the account's resources are: region/function/name.
    root: dirname(dirname(dirname(path))),
    layers: [],
    names: [String(FunctionName)],
    ...(handler !== undefined && { handler }),
    ...(runtime !== undefined && { runtime }),
  };
}

/**
 * The code of a function, where it lies beside its template. What the template names may only come to be when the project is built; then it is
 * looked for in the template's folder. Undefined for code in an image or in a bucket, and outside of the project.
 * @param root what the places of the template start from
 */
export function findCode(node: FunctionNode, root: string): FunctionCode | undefined {
  const { resource, runtime } = node;
  if (resource.package !== undefined) return downloadedCode(node, resource.package);
  const { Code, Handler, PackageType } = resource.properties;
  const named = pathIn(resource, Code);
  const text = textIn(node);
  if (
    PackageType === 'Image' ||
    resource.place === undefined ||
    (named === undefined && text === undefined && isMembers(Code))
  )
    return undefined;
  const folder = join(root, dirname(resource.place.file));
  const given = join(folder, named ?? '.');
  if (relative(root, given).startsWith('..')) return undefined;
  const handler = typeof Handler === 'string' ? known(Handler) : undefined;
  const built =
    text === undefined && existsSync(given) ? sourcesAbove(given, runtime ?? '', root) : undefined;
  const path =
    built ??
    (text !== undefined || existsSync(given) ? given : findSources(folder, given, root, handler, runtime));
  if (path === undefined) return undefined;
  const layers = node.layers.flatMap((layer) => findLayer(layer, root) ?? []);
  const isFollowed = text === undefined && handler !== undefined && /^nodejs/.test(runtime ?? '');
  const isCompiled = text === undefined && /^(java|dotnet|go|provided)/.test(runtime ?? '');
  return {
    path,
    root,
    layers,
    names: namesOf(node, given),
    ...(text !== undefined && { text }),
    ...(handler !== undefined && { handler }),
    ...(runtime !== undefined && { runtime }),
    ...(isCompiled && {
      environment: { ...wordsOf(node), ...(handler !== undefined && { _HANDLER: handler }) },
    }),
    ...(isCompiled && { projects: referencedProjects(path, runtime ?? '', root, layers) }),
    ...(isFollowed && { shared: sharedSources(path, entriesOf(node, handler), root, layers) }),
  };
}
