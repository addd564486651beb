import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { PostureError } from '../../posture-error.ts';
import { inWords } from '../../template/place.ts';
import { ExpressionReader } from './read-expression.ts';
import type { Block, Body } from './syntax.ts';

/** Characters of one file. */
const LONGEST_FILE = 1_000_000;

/** Gives a parser, which is loaded once. */
const loadParser = (() => {
  let loading: Promise<Parser> | undefined;
  const load = async () => {
    await Parser.init();
    const grammar = createRequire(import.meta.url).resolve(
      '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
    );
    return new Parser().setLanguage(await Language.load(await readFile(grammar)));
  };
  return () => {
    loading ??= load();
    return loading;
  };
})();

class BodyReader extends ExpressionReader {
  readBody(node: Node | undefined, depth = 0): Body {
    const body: Body = { attributes: new Map(), blocks: [] };
    for (const child of node?.namedChildren ?? []) {
      if (child.type === 'attribute') {
        const [name, value] = child.namedChildren.filter(({ type }) => type !== 'comment');
        if (name && value)
          body.attributes.set(name.text, { value: this.read(value, depth + 1), at: this.placeOf(child) });
      } else if (child.type === 'block') body.blocks.push(this.#readBlock(child, depth + 1));
    }
    return body;
  }

  #readBlock(node: Node, depth: number): Block {
    this.checkDepth(node, depth);
    const [type = '', ...labels] = node.namedChildren
      .filter((child) => child.type === 'identifier' || child.type === 'string_lit')
      .map((child) => child.text.replace(/^"|"$/g, ''));
    const body = node.namedChildren.find((child) => child.type === 'body');
    return { type, labels, body: this.readBody(body, depth), at: this.placeOf(node) };
  }
}

/** The first part of a tree that the grammar does not know. */
function firstError(node: Node): Node {
  for (let found = node; ; ) {
    const next = found.children.find((child) => child.hasError || child.isMissing);
    if (!next || found.isError || found.isMissing) return found;
    found = next;
  }
}

/** Parses a file of Terraform's language, and frees the tree behind `use`. Rejects with a `PostureError` that names file, line and column. */
export async function withTree<Result>(
  text: string,
  file: string,
  use: (root: Node) => Result,
): Promise<Result> {
  if (text.length > LONGEST_FILE)
    throw new PostureError(`${file} is longer than ${LONGEST_FILE} characters; split it`);
  const tree = (await loadParser()).parse(text);
  if (!tree) throw new PostureError(`${file} cannot be parsed`);
  try {
    if (tree.rootNode.hasError)
      throw new PostureError(
        `${inWords(new ExpressionReader(text, file).placeOf(firstError(tree.rootNode)))}: is not Terraform's language; terraform validate tells more`,
      );
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** Reads a file of Terraform's language. Rejects as `withTree` does. */
export const parseHcl = (text: string, file: string): Promise<Body> =>
  withTree(text, file, (root) =>
    new BodyReader(text, file).readBody(root.namedChildren.find(({ type }) => type === 'body')),
  );
