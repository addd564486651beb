import type { Expression } from '../syntax/module.ts';
import { childrenOf, type Node, positionOf } from '../syntax/parse-tree.ts';
import { readExpression } from './read-expression.ts';
import { readString } from './read-string.ts';

const withDefault = (node: Node, left: Node | null, right: Node | null): Expression => {
  const options = [...(left ? [readPattern(left)] : []), ...(right ? [readExpression(right)] : [])];
  return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options, at: positionOf(node) };
};

function readEntry(node: Node): { key?: string; value: Expression; isSpread?: boolean } {
  const at = positionOf(node);
  if (node.type === 'shorthand_property_identifier_pattern')
    return { key: node.text, value: { kind: 'name', name: node.text, at } };
  if (node.type === 'rest_pattern')
    return { value: readPattern(node.firstNamedChild ?? node), isSpread: true };
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  if (node.type === 'object_assignment_pattern')
    return { ...(left && { key: left.text }), value: withDefault(node, left, right) };
  const [key, value] = [node.childForFieldName('key'), node.childForFieldName('value')];
  const name =
    key?.type === 'string' ? readString(key) : key?.type === 'computed_property_name' ? undefined : key?.text;
  return {
    ...(name !== undefined && { key: name }),
    value: value ? readPattern(value) : readExpression(node),
  };
}

/** What a value is bound to: a name, a member, or a pattern that takes it apart. */
export function readPattern(node: Node): Expression {
  const at = positionOf(node);
  switch (node.type) {
    case 'shorthand_property_identifier_pattern':
      return { kind: 'name', name: node.text, at };
    case 'object_pattern':
      return { kind: 'object', entries: childrenOf(node).map(readEntry), at };
    case 'array_pattern':
      return { kind: 'list', items: childrenOf(node).map(readPattern), at };
    case 'rest_pattern':
      return { kind: 'spread', value: readPattern(node.firstNamedChild ?? node), at };
    case 'assignment_pattern':
      return withDefault(node, node.childForFieldName('left'), node.childForFieldName('right'));
    // TypeScript's parameters, with their types.
    case 'required_parameter':
    case 'optional_parameter':
      return withDefault(node, node.childForFieldName('pattern'), node.childForFieldName('value'));
    default:
      return readExpression(node);
  }
}
