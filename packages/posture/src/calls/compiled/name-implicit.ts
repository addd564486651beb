import type { PlainNode } from '@ringfence/code';
import { fieldOf } from './walk.ts';

const listTypes = /^(argument_list|initializer_expression)$/;

function make(node: PlainNode, type: PlainNode): void {
  node.type = 'object_creation_expression';
  node.children = [
    { ...type, field: 'type', text: type.text.replace(/\?$/, '') },
    ...node.children.map((child) =>
      listTypes.test(child.type)
        ? { ...child, field: child.type === 'argument_list' ? 'arguments' : 'initializer' }
        : child,
    ),
  ];
}

/** Writes into `new() { … }` of C# the type that its place says. */
export function nameImplicit(node: PlainNode, declared?: PlainNode): void {
  const type = fieldOf(node, 'type') ?? fieldOf(node, 'returns');
  const isVariable =
    /^(variable_declarator|arrow_expression_clause|return_statement|block|parenthesized_expression)$/.test(
      node.type,
    );
  const here = /^(variable_declaration|property_declaration|method_declaration|parameter)$/.test(node.type)
    ? type
    : isVariable
      ? declared
      : undefined;
  for (const child of node.children) {
    if (child.type === 'implicit_object_creation_expression' && here) make(child, here);
    nameImplicit(child, here);
  }
}
