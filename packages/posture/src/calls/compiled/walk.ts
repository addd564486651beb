import type { PlainNode } from '@ringfence/code';

const none: ReadonlySet<PlainNode> = new Set();

/** The node and all that is in it but for some, from the outside in. */
export function* walk(node: PlainNode, without = none): Generator<PlainNode> {
  if (without.has(node)) return;
  yield node;
  for (const child of node.children) yield* walk(child, without);
}

/** The annotations and such words in front of what a node of Java declares. */
export const modifiersOf = (node: PlainNode | undefined): string =>
  node?.children.find(({ type }) => type === 'modifiers')?.text ?? '';

export const fieldOf = (node: PlainNode | undefined, name: string): PlainNode | undefined =>
  node?.children.find(({ field }) => field === name);

/** The last name of `a.b.c`. */
export const lastName = (text: string): string => /([A-Za-z_]\w*)\s*$/.exec(text)?.[1] ?? '';
