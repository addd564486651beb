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

const untyped = /^(slice|array|map)_type$/;

/** Writes into `{…}` in lists and maps of Go the type that these are of. */
export function nameElements(node: PlainNode): void {
  const type = node.type === 'composite_literal' ? fieldOf(node, 'type') : undefined;
  const of =
    type && untyped.test(type.type) ? (fieldOf(type, 'element') ?? fieldOf(type, 'value')) : undefined;
  const body = of ? fieldOf(node, 'body') : undefined;
  for (const element of body?.children ?? []) {
    const holder = element.type === 'keyed_element' ? fieldOf(element, 'value') : element;
    const [value] = holder?.children ?? [];
    if (of && holder && value?.type === 'literal_value')
      holder.children = [
        {
          type: 'composite_literal',
          text: value.text,
          at: value.at,
          children: [
            { ...of, field: 'type' },
            { ...value, field: 'body' },
          ],
        },
      ];
  }
  for (const child of node.children) nameElements(child);
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
