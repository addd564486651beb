/** What a file imports. */
export interface Imports {
  specifiers: string[];
  /** Whether it also imports what is only known when it runs. */
  isDynamic: boolean;
}

const constant = /(?:\brequire(?:\.resolve)?|\bimport)\s*\(\s*(['"`])([^'"`\n$]+)\1\s*[,)]/g;
const statement = /(?:\bfrom|\bimport)\s*(['"])([^'"\n]+)\1/g;
const dynamic = /\b(?:require|import)\s*\(\s*(?!(['"`])[^'"`\n$]+\1\s*[,)]|\)|\/\*)/g;

/** Examples in comments are no imports. */
const isComment = (text: string, index: number) =>
  /^\s*(\/\/|\*|\/\*)/.test(text.slice(text.lastIndexOf('\n', index) + 1, Math.min(index, text.length)));

/** Reads imports of JavaScript without parsing it, as dependencies are many and long. What stands in a string may be taken for one. */
export function findJavaScriptImports(text: string): Imports {
  const specifiers = new Set<string>();
  for (const pattern of [constant, statement])
    for (const match of text.matchAll(pattern))
      if (!isComment(text, match.index)) specifiers.add(match[2] as string);
  const isDynamic = [...text.matchAll(dynamic)].some(({ index }) => !isComment(text, index));
  return { specifiers: [...specifiers], isDynamic };
}

const pythonImport =
  /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+([^\n]+))/gm;
const importModule = /\b(?:import_module|__import__)\(\s*(?:(['"])([\w.]+)\1)?/g;

const names = (list: string) =>
  list
    .replace(/#.*$/gm, '')
    .replace(/[()\\]/g, '')
    .split(',')
    .flatMap((part) => /^\s*([\w.]+)/.exec(part)?.[1] ?? []);

/** The same for Python. A name that is imported from a module may be a module as well. */
export function findPythonImports(text: string): Imports {
  const specifiers = new Set<string>();
  let isDynamic = false;
  for (const [, from, imported = '', modules = ''] of text.matchAll(pythonImport)) {
    if (from === undefined) for (const name of names(modules)) specifiers.add(name);
    else {
      specifiers.add(from);
      for (const name of names(imported))
        specifiers.add(from.endsWith('.') ? from + name : `${from}.${name}`);
    }
  }
  for (const [, , module] of text.matchAll(importModule)) {
    if (module === undefined) isDynamic = true;
    else specifiers.add(module);
  }
  return { specifiers: [...specifiers], isDynamic };
}
