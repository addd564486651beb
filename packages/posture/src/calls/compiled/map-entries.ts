import type { PlainNode } from '@ringfence/code';
import { shapeOf } from './shape.ts';
import { fieldOf } from './walk.ts';

export interface MapEntry {
  key: PlainNode;
  value: PlainNode;
}

const pairs = (all: readonly PlainNode[]): MapEntry[] =>
  all.flatMap((key, index) => {
    const value = all[index + 1];
    return index % 2 === 0 && value ? [{ key, value }] : [];
  });

/** `["orders"] = x` and `{ "orders", x }` of C#. */
function ofInitializer(entry: PlainNode): MapEntry[] {
  const [left, right] = [fieldOf(entry, 'left'), fieldOf(entry, 'right')];
  const key = left?.type === 'element_binding_expression' ? left.children[0]?.children.at(-1) : undefined;
  if (key && right) return [{ key, value: right }];
  return entry.type === 'initializer_expression' ? pairs(entry.children) : [];
}

/** `"orders": x` of Go. */
function ofLiteral(entry: PlainNode): MapEntry[] {
  const [key, value] = ['key', 'value'].map((name) => fieldOf(entry, name)?.children[0]);
  return key && value ? [{ key, value }] : [];
}

/** The entries of a map that is written out: `Map.of(…)`, `new Dictionary<…> { … }`, `map[string]string{…}`. */
export function mapEntries(node: PlainNode): MapEntry[] {
  const shape = shapeOf(node);
  if (shape.is === 'call') {
    const all = shape.given.map(({ value }) => value);
    if (/^(of|entry)$/.test(shape.name)) return pairs(all);
    return shape.name === 'ofEntries' ? all.flatMap(mapEntries) : [];
  }
  if (node.type === 'composite_literal') return (fieldOf(node, 'body')?.children ?? []).flatMap(ofLiteral);
  const initializer = node.children.find(({ type }) => type === 'initializer_expression');
  return (initializer?.children ?? []).flatMap(ofInitializer);
}
