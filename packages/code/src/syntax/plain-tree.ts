import type { SourceLanguage } from '../source-language.ts';
import type { Position } from './module.ts';
import { childrenOf, type Node, positionOf, withTree } from './parse-tree.ts';

/** A syntax tree as plain data, in the words of its language's grammar. */
export interface PlainNode {
  type: string;
  /** The whole source of it, where it is not long. */
  text: string;
  at: Position;
  children: PlainNode[];
  /** What it is in its parent, such as `object`, `name`, `arguments`. */
  field?: string;
}

/** What is longer is no name and no constant. */
const LONGEST_TEXT = 2_000;

function toPlain(node: Node, field: string | null): PlainNode {
  const { type, text } = node;
  const fields = new Map<number, string>();
  for (let index = 0; index < node.childCount; index++) {
    const [child, name] = [node.child(index), node.fieldNameForChild(index)];
    if (child && name) fields.set(child.id, name);
  }
  return {
    type,
    text: text.length <= LONGEST_TEXT ? text : '',
    at: positionOf(node),
    children: childrenOf(node).map((child) => toPlain(child, fields.get(child.id) ?? null)),
    ...(field !== null && { field }),
  };
}

/** Reads source of any language as a plain tree. Rejects with an `Error` for what is nested too deeply. */
export async function readPlainTree(
  language: SourceLanguage,
  path: string,
  text: string,
): Promise<PlainNode> {
  try {
    return await withTree(language, text, (root) => toPlain(root, null));
  } catch (cause) {
    if (cause instanceof RangeError) throw new Error(`${path} is nested too deeply to be read.`, { cause });
    throw cause;
  }
}
