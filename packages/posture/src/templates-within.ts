import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Folders within folders that are looked into. */
const DEEPEST = 4;
/** Bytes of a file that is looked at. */
const LONGEST = 4_000_000;
const notOwn = /^(\..*|node_modules|cdk\.out|dist|build|vendor|tests?|venv)$/;

const isTemplate = (text: string) =>
  /^\s*["']?Resources["']?\s*:/m.test(text) && /\bAWS::\w+::\w+/.test(text);
/** Whether it is a service of the Serverless Framework; they stand beside one another, each in its folder. What is code may have the provider from elsewhere. */
const isService = (name: string, text: string) =>
  /^serverless\.(ya?ml|json)$/.test(name)
    ? /^\s*["']?provider["']?\s*:/m.test(text)
    : /^serverless\.[cm]?[jt]s$/.test(name) &&
      /\bfunctions\b/.test(text) &&
      /^\s*(export|module)\b/m.test(text);

/** Texts of the templates in a folder, by their paths. */
function readTemplates(folder: string, depth: number): [path: string, text: string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return depth < DEEPEST && !notOwn.test(entry.name) ? readTemplates(path, depth + 1) : [];
    if (
      !entry.isFile() ||
      !/\.(ya?ml|json|template)$|^serverless\.[cm]?[jt]s$/.test(entry.name) ||
      statSync(path).size > LONGEST
    )
      return [];
    const text = readFileSync(path, 'utf8');
    return isTemplate(text) || isService(entry.name, text) ? [[path, text]] : [];
  });
}

/** Templates under names of their own, and in folders of services; without those that another one nests. */
export function templatesWithin(root: string): string[] {
  const found = readTemplates(root, 0);
  const addresses = found.flatMap(([, text]) => text.match(/\b(TemplateURL|Location)\b.*/g) ?? []);
  return found
    .map(([path]) => path)
    .filter((path) => !addresses.some((address) => address.includes(basename(path))));
}
