import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Resource } from '../resource.ts';
import { fill, known } from '../template/substitution.ts';
import type { FunctionNode } from './build-graph.ts';
import { isMembers, membersOf, textsOf } from './json.ts';
import { type SharedSources, sharedSources } from './shared-sources.ts';

/** Where a function's code is. */
export interface FunctionCode {
  /** A folder or a zip; the template's folder for code that stands in the template. */
  path: string;
  /** The code itself, where it stands in the template. */
  text?: string;
  /** As the settings name it: `src/index.handler`, `depot.GetStock::handleRequest`. */
  handler?: string;
  runtime?: string;
  /** What is built into it from elsewhere in the project. */
  shared?: SharedSources;
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

const stemOf = (handler: string) => handler.replace(/\.[^./]*$/, '');

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

/** Whether a handler says which code is meant among all of the project. An `index.handler` that is built may come from any index.js. */
function isToldApart(folder: string, handler = '', runtime = 'nodejs'): boolean {
  if (!/^(nodejs|python)/.test(runtime)) return true;
  const stem = stemOf(handler);
  return (
    stem.includes('/') ||
    ['js', 'mjs', 'cjs', 'ts', 'mts', 'py'].some((extension) =>
      existsSync(join(folder, `${stem}.${extension}`)),
    )
  );
}

/**
 * The code of a function, where it lies beside its template. What the template names may only come to be when the project is built; then it is
 * looked for in the template's folder. Undefined for code in an image or in a bucket, and outside of the project.
 * @param root what the places of the template start from
 */
export function findCode(node: FunctionNode, root: string): FunctionCode | undefined {
  const { resource, runtime } = node;
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
  if (text === undefined && !existsSync(given) && !isToldApart(folder, handler, runtime)) return undefined;
  const path = existsSync(given) ? given : folder;
  const layers = node.layers.flatMap((layer) => findLayer(layer, root) ?? []);
  const isFollowed = text === undefined && handler !== undefined && /^nodejs/.test(runtime ?? '');
  return {
    path,
    root,
    layers,
    ...(text !== undefined && { text }),
    ...(handler !== undefined && { handler }),
    ...(runtime !== undefined && { runtime }),
    ...(isFollowed && { shared: sharedSources(path, entriesOf(node, handler), root, layers) }),
  };
}
