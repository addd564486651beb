import { parse } from 'yaml';
import { listOwnSources } from '../code/own-sources.ts';
import type { PackageFile, PackageFiles } from '../package-files.ts';

const template = /^(template|serverless|sam|infra\/template)\.ya?ml$/;
const handlerText =
  /\bexports\.\w*[hH]andler\b|\bexport\s+(default\b|(const|let|var|async\s+function|function)\s+\w*[hH]andler\b)|\bas\s+handler\b|^def\s+(\w*handler|main)\s*\(|^async\s+def\s+(\w*handler|main)\s*\(|functions_framework|functions-framework|\.listen\(|\bFastAPI\(|\bFlask\(|^(app|handler)\s*=/m;

/** `Handler: src/index.handler` anywhere in a template of SAM or Serverless. */
async function handlersIn(file: PackageFile): Promise<string[]> {
  const text = (await file.read()).toString();
  const found: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 12 || found.length > 500) return;
    for (const [key, each] of Object.entries(value)) {
      if (/^handler$/i.test(key) && typeof each === 'string') found.push(each);
      else walk(each, depth + 1);
    }
  };
  // Unknown tags such as !Sub are warnings; what is no YAML names no handler.
  try {
    walk(parse(text, { logLevel: 'silent', maxAliasCount: 100 }), 0);
  } catch {
    return [];
  }
  return found;
}

export interface Entries {
  paths: string[];
  /** Whether somebody has said which they are; else they are guessed by what they export. */
  isNamed: boolean;
}

/** The files that the runtime loads: those of `handler`, of templates in the package, or that export something called like a handler, or else all own ones. */
export async function findEntries(opened: PackageFiles, handler?: string): Promise<Entries> {
  const sources = await listOwnSources(opened);
  const templates = [...opened.files.values()].filter(({ path, size }) => template.test(path) && size < 1e6);
  const named = handler === undefined ? (await Promise.all(templates.map(handlersIn))).flat() : [handler];
  const stems = new Set(
    named.map((each) =>
      each
        .replace(/^\.\//, '')
        .replace(/(\.[cm]?js|\.ts|\.py)?[.:][^./:]+$/, '')
        .replaceAll('.', '/'),
    ),
  );
  const stemOf = (path: string) => path.replace(/\.\w+$/, '').replaceAll('.', '/');
  const hinted = sources.filter(({ path }) =>
    [...stems].some((stem) => stemOf(path) === stem || stemOf(path).endsWith(`/${stem}`)),
  );
  if (hinted.length > 0) return { paths: hinted.map(({ path }) => path), isNamed: true };
  const guessed: string[] = [];
  for (const file of sources) {
    if (file.size > 20e6) continue;
    if (handlerText.test((await file.read()).toString('latin1'))) guessed.push(file.path);
  }
  return { paths: guessed.length > 0 ? guessed : sources.map(({ path }) => path), isNamed: false };
}
