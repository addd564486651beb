import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter'; // one error-tolerant parser for all languages
import type { SourceLanguage } from '../source-language.ts';
import type { Position } from './module.ts';

export type { Node } from 'web-tree-sitter';

/** The grammars that VS Code ships, as WebAssembly. Those of TypeScript read JSX as well. */
const grammars: Record<SourceLanguage, string> = {
  javascript: 'javascript',
  typescript: 'tsx',
  python: 'python',
  java: 'java',
  go: 'go',
  csharp: 'c-sharp',
};

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/package.json')),
  'wasm',
);
const parsers = new Map<SourceLanguage, Promise<Parser>>();

async function loadParser(language: SourceLanguage): Promise<Parser> {
  await Parser.init();
  const grammar = await Language.load(await readFile(join(folder, `tree-sitter-${grammars[language]}.wasm`)));
  return new Parser().setLanguage(grammar);
}

/** Parses, and gives the root to `read`; the tree is gone when that returns, as it lies outside of JavaScript's memory. */
export async function withTree<Result>(
  language: SourceLanguage,
  text: string,
  read: (root: Node) => Result,
): Promise<Result> {
  let loading = parsers.get(language);
  if (!loading) {
    loading = loadParser(language);
    parsers.set(language, loading);
  }
  const tree = (await loading).parse(text);
  if (!tree) throw new Error(`${language} cannot be parsed`);
  try {
    return read(tree.rootNode);
  } finally {
    tree.delete();
  }
}

export const positionOf = ({ startPosition: { row, column } }: Node): Position => ({
  line: row + 1,
  column: column + 1,
});

/** The named children without comments. */
export const childrenOf = (node: Node): Node[] =>
  node.namedChildren.filter((child) => child.type !== 'comment');
