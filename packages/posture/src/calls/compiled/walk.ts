import type { PlainNode } from '@ringfence/code';

/** The node and all that is in it, from the outside in. */
export function* walk(node: PlainNode): Generator<PlainNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

export const fieldOf = (node: PlainNode | undefined, name: string): PlainNode | undefined =>
  node?.children.find(({ field }) => field === name);

/** The last name of `a.b.c`. */
export const lastName = (text: string): string => /([A-Za-z_]\w*)\s*$/.exec(text)?.[1] ?? '';
