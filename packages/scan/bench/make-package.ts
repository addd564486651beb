import { copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Module {
  name: string;
  folder: string;
  files: { path: string; size: number }[];
  size: number;
}

/** A function's package is hardly made of larger modules; those are compilers and browsers. */
const largestModule = 3e6;

function listFiles(folder: string, below = ''): Module['files'] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(folder, path);
    return entry.isFile() ? [{ path, size: lstatSync(join(folder, path)).size }] : [];
  });
}

/** The modules that are really installed below `root`, in the order of their names. */
function listModules(root: string): Module[] {
  const names = readdirSync(root)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(root, name)).map((below) => `${name}/${below}`) : [name],
    );
  return names.toSorted().flatMap((name) => {
    const folder = join(root, name);
    if (!lstatSync(folder).isDirectory()) return [];
    const files = listFiles(folder);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const isModule = files.some(({ path }) => path === 'package.json');
    return isModule && size <= largestModule ? [{ name, folder, files, size }] : [];
  });
}

/**
 * Writes a function into `folder`: a handler, and `count` npm packages of `bytes` in all. They are the ones installed here, real code in its real mix of
 * files; where those do not suffice, again under another name. Where they are more than `bytes`, files are left out from the end.
 */
export function makePackage(installed: string, folder: string, count: number, bytes: number) {
  const modules = listModules(installed);
  const names: string[] = [];
  let [size, files] = [0, 0];
  for (let i = 0; i < count; i++) {
    const module = modules[i % modules.length] as Module;
    const copy = Math.floor(i / modules.length);
    const name = copy === 0 ? module.name : `${module.name}-${copy}`;
    const target = join(folder, 'node_modules', name);
    names.push(name);
    for (const file of module.files) {
      const isManifest = file.path === 'package.json';
      if (!isManifest && size + file.size > bytes) continue;
      mkdirSync(dirname(join(target, file.path)), { recursive: true });
      copyFileSync(join(module.folder, file.path), join(target, file.path));
      size += file.size;
      files++;
    }
    const manifest = JSON.parse(readFileSync(join(module.folder, 'package.json'), 'utf8'));
    writeFileSync(join(target, 'package.json'), JSON.stringify({ ...manifest, name }));
  }
  writeFileSync(
    join(folder, 'index.js'),
    `${names.map((name) => `require(${JSON.stringify(name)});`).join('\n')}\nexports.handler = async () => 'ok';\n`,
  );
  return { names, size, files };
}
