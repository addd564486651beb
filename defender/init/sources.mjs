// Where the sources of the init lie: each folder below src/ holds one subject.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('src', import.meta.url));
const folders = readdirSync(src, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(src, name))
  .sort();
const files = [src, ...folders].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
    .map((name) => join(folder, name)),
);

const guard = fileURLToPath(new URL('../guard/src', import.meta.url));

/** Sources of the guard library with which the init, too, finds and replaces system calls in code. */
const sites = ['code-search', 'instruction', 'site-aarch64', 'site-list', 'site-x86_64'].map((name) =>
  join(guard, `${name}.c`),
);

/** Where the build writes the detection engine (packages/waas) as C. */
export const engineFolder = fileURLToPath(new URL('build/waas', import.meta.url));

/** The engine compiled for an architecture. It is no source among the others: nobody looks for mistakes in generated code. */
export const engineObject = (architecture) => join(engineFolder, `${architecture}.o`);

/** All sources and headers, in a fixed order. */
export const sourcesAndHeaders = files;

/** All sources, `main.c` among them. */
export const sources = [...files.filter((file) => file.endsWith('.c')), ...sites];

/** The source of that name, such as `policy`. */
export function sourceOf(name) {
  const found = sources.find((file) => basename(file) === `${name}.c`);
  if (!found) throw new Error(`defender/init/src has no ${name}.c`);
  return found;
}

/** What makes the compiler find each header by its name alone. Only for quotes: some are named like headers of the system. */
export const headerFlags = [src, ...folders, engineFolder].flatMap((folder) => ['-iquote', folder]);

/** What the init and the library decide by: compiled into both. */
export const rules = [
  'effect',
  'glob',
  'loader',
  'miner',
  'names',
  'pattern',
  'policy',
  'rules-files',
  'rules-network',
  'rules-process',
  'rules-secrets',
].map(sourceOf);
