import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fill, known } from '../template/substitution.ts';
import type { FunctionNode } from './build-graph.ts';
import { isMembers, membersOf } from './json.ts';

/** Where a function's code is. */
export interface FunctionCode {
  /** A folder or a zip; the template's folder for code that stands in the template. */
  path: string;
  /** The code itself, where it stands in the template. */
  text?: string;
  /** As the settings name it: `src/index.handler`, `depot.GetStock::handleRequest`. */
  handler?: string;
  runtime?: string;
}

/** The local path that a template names: of SAM and `aws cloudformation package`, or of an asset of the CDK. */
function pathIn({ resource }: FunctionNode): string | undefined {
  const { Code } = resource.properties;
  const asset = membersOf(resource.metadata)['aws:asset:path'];
  const path = typeof asset === 'string' ? asset : typeof Code === 'string' ? known(Code) : undefined;
  return path === undefined || /^[a-z0-9]+:\/\//i.test(path) ? undefined : path;
}

/** Code in the template; what it has from elsewhere is left out. */
function textIn({ resource }: FunctionNode): string | undefined {
  const { ZipFile } = membersOf(resource.properties.Code);
  return typeof ZipFile === 'string' ? known(fill(ZipFile, () => '')) : undefined;
}

/** Whether a handler says which code is meant among all of the project. An `index.handler` that is built may come from any index.js. */
function isToldApart(folder: string, handler = '', runtime = 'nodejs'): boolean {
  if (!/^(nodejs|python)/.test(runtime)) return true;
  const stem = handler.replace(/\.[^./]*$/, '');
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
  const named = pathIn(node);
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
  return {
    path: existsSync(given) ? given : folder,
    ...(text !== undefined && { text }),
    ...(handler !== undefined && { handler }),
    ...(runtime !== undefined && { runtime }),
  };
}
