import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { hasCompiledSource } from './unbuilt-code.ts';

/** Projects that one is built with. */
const MOST = 100;
const LONGEST = 1_000_000;

export interface References {
  /** Folders, as the file system has them. */
  folders: string[];
  /** What is referred to and not there. */
  missing: string[];
}

const read = (path: string): string =>
  statSync(path, { throwIfNoEntry: false })?.isFile() && statSync(path).size < LONGEST
    ? readFileSync(path, 'utf8')
    : '';
const namesIn = (folder: string): string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];

/** The folders from one up to the project's. */
function* upwards(folder: string, root: string): Generator<string> {
  for (let each = folder; ; each = dirname(each)) {
    if (relative(root, each).startsWith('..')) return;
    yield each;
    if (relative(root, each) === '') return;
  }
}
const nearestWith = (name: string, folder: string, root: string): string | undefined =>
  [...upwards(folder, root)].find((each) => existsSync(join(each, name)));

/** The folders of what a folder in C# refers to. */
function ofNet(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /\.(cs|fs|vb)proj$/.test(name))
    .flatMap((name) => [
      ...read(join(folder, name)).matchAll(/<(?:ProjectReference|Compile)\s+Include="([^"*]*[\\/])[^"]*"/g),
    ])
    .map(([, path = '']) => resolve(folder, path.replaceAll('\\', '/')));
}

/** Gradle: `implementation project(':libs:common')`. */
function ofGradle(folder: string, root: string): string[] {
  const text = read(join(folder, 'build.gradle')) + read(join(folder, 'build.gradle.kts'));
  const top =
    nearestWith('settings.gradle', folder, root) ?? nearestWith('settings.gradle.kts', folder, root);
  const settings =
    top === undefined ? '' : read(join(top, 'settings.gradle')) + read(join(top, 'settings.gradle.kts'));
  return [...text.matchAll(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?["'](:[\w:.-]+)["']/g)].flatMap(
    ([, name = '']) => {
      const placed = settings.split('\n').find((line) => line.includes(name) && /projectDir/.test(line));
      const [, written] = /file\(\s*["']([^"']+)/.exec(placed ?? '') ?? [];
      return top === undefined ? [] : [join(top, written ?? name.slice(1).replaceAll(':', '/'))];
    },
  );
}

const artifactOf = (pom: string): string | undefined =>
  /<artifactId>\s*([^<\s]+)/.exec(pom.replace(/<parent>.*?<\/parent>/s, ''))?.[1];

/** Maven: dependencies that are modules of the same build. */
function ofMaven(folder: string, root: string): string[] {
  const pom = read(join(folder, 'pom.xml'));
  if (pom === '') return [];
  const asked = new Set(
    [...pom.matchAll(/<dependency>.*?<artifactId>\s*([^<\s]+)/gs)].map(([, name]) => name),
  );
  return [...upwards(dirname(folder), root)].flatMap((above) =>
    [...read(join(above, 'pom.xml')).matchAll(/<module>\s*([^<\s]+)/g)]
      .map(([, module = '']) => join(above, module))
      .filter((module) => module !== folder && asked.has(artifactOf(read(join(module, 'pom.xml'))))),
  );
}

/** Go: the packages of the same module, and of those that go.mod puts in the place of others. */
function ofGo(folder: string, root: string): string[] {
  const top = nearestWith('go.mod', folder, root);
  if (top === undefined) return [];
  const text = read(join(top, 'go.mod'));
  const [, own] = /^module\s+"?([^\s"]+)/m.exec(text) ?? [];
  const replaced = [...text.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.\S*)/gm)].map(
    ([, name = '', path = '']): [string, string] => [name, join(top, path)],
  );
  const places: [string, string][] = [
    ...(own === undefined ? [] : [[own, top] as [string, string]]),
    ...replaced,
  ];
  const imports = namesIn(folder)
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .flatMap((name) => [
      ...read(join(folder, name)).matchAll(/^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"/gm),
    ])
    .map(([, path = '']) => path);
  return imports.flatMap((path) =>
    places
      .filter(([name]) => path === name || path.startsWith(`${name}/`))
      .map(([name, at]) => join(at, path.slice(name.length))),
  );
}

/**
 * The other folders of the project that code in Java, Go or C# is built with.
 * @param root the project's folder
 * @param layers folders of its layers, from the project's
 */
export function referencedProjects(
  path: string,
  runtime: string,
  root: string,
  layers: readonly string[] = [],
): References {
  const found = new Set([path]);
  const missing: string[] = [];
  for (const layer of layers) {
    if (hasCompiledSource(join(root, layer))) found.add(join(root, layer));
    else missing.push(layer);
  }
  const isGo = /^(go|provided)/.test(runtime);
  for (const folder of found) {
    if (found.size > MOST) break;
    const others = [
      ...(/^(dotnet|provided)/.test(runtime) ? ofNet(folder) : []),
      ...(/^(java|provided)/.test(runtime) ? [...ofGradle(folder, root), ...ofMaven(folder, root)] : []),
      ...(isGo ? ofGo(folder, root) : []),
    ];
    for (const other of others) {
      const isInside = !relative(root, other).startsWith('..');
      if (!isInside || namesIn(other).length === 0) missing.push(relative(root, other) || basename(other));
      else found.add(other);
    }
  }
  const below = (other: string) =>
    other !== path && !(relative(path, other) !== '' && !relative(path, other).startsWith('..'));
  return { folders: [...found].filter(below), missing: [...new Set(missing)] };
}
