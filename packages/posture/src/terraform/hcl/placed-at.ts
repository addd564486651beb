import type { Place } from '../../template/place.ts';

/** What is parsed, standing elsewhere: at what `placeOf` says of each part. */
export function placedAt<Node>(node: Node, placeOf: (node: object) => Place): Node {
  if (Array.isArray(node)) return node.map((item) => placedAt(item, placeOf)) as Node;
  if (node instanceof Map)
    return new Map([...node].map(([key, item]) => [key, placedAt(item, placeOf)])) as Node;
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.entries(node)
    .filter(([name]) => name !== 'at')
    .map(([name, item]) => [name, placedAt(item, placeOf)]);
  return { ...Object.fromEntries(members), ...('at' in node && { at: placeOf(node) }) } as Node;
}
