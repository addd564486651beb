import type { PlainNode } from '@ringfence/code';
import { fieldOf, walk } from './walk.ts';

/** What a name was declared as. */
export interface Declaration {
  /** As it is written; undefined where the value says it. */
  type?: string;
  value?: PlainNode;
}

/** Names of fields, variables, parameters and constants with their declarations, of all files together: a name is seldom used for two things. */
export type Declarations = ReadonlyMap<string, Declaration[]>;

/** A declarator and the node that has its type. */
function declared(
  node: PlainNode,
  parent: PlainNode | undefined,
): { name: string; declaration: Declaration } | undefined {
  const name =
    fieldOf(node, 'name')?.text ?? (node.children[0]?.type === 'identifier' ? node.children[0].text : '');
  const type = fieldOf(node, 'type') ?? fieldOf(parent, 'type');
  switch (node.type) {
    // Java and C#.
    case 'variable_declarator': {
      const own =
        fieldOf(node, 'value') ??
        node.children.find(({ field }) => field !== 'name' && field !== 'dimensions');
      const value =
        own?.type === 'equals_value_clause' ? own.children[0] : own?.text === name ? undefined : own;
      return { name, declaration: { ...(type && { type: type.text }), ...(value && { value }) } };
    }
    case 'formal_parameter':
    case 'parameter':
    case 'parameter_declaration':
    case 'property_declaration':
    case 'field_declaration':
      return type && name !== '' ? { name, declaration: { type: type.text } } : undefined;
    // Go: constants, variables, and `:=`.
    case 'const_spec':
    case 'var_spec': {
      const value = fieldOf(node, 'value')?.children[0];
      return { name, declaration: { ...(type && { type: type.text }), ...(value && { value }) } };
    }
    case 'short_var_declaration':
    case 'assignment_statement':
    case 'assignment_expression': {
      const left = fieldOf(node, 'left')?.text.split(',')[0]?.trim() ?? '';
      const right = fieldOf(node, 'right');
      const value = right?.type === 'expression_list' ? right.children[0] : right;
      return value ? { name: /([A-Za-z_]\w*)$/.exec(left)?.[1] ?? '', declaration: { value } } : undefined;
    }
    // Go: a member of a composite literal, as `Repo{table: os.Getenv("T")}`.
    case 'keyed_element': {
      const [key, value] = node.children.map((child) =>
        child.type === 'literal_element' ? (child.children[0] ?? child) : child,
      );
      return key && value ? { name: key.text, declaration: { value } } : undefined;
    }
    default:
      return undefined;
  }
}

export function declarationsOf(roots: readonly PlainNode[]): Declarations {
  const all = new Map<string, Declaration[]>();
  const visit = (node: PlainNode, parent: PlainNode | undefined) => {
    const found = declared(node, parent);
    if (found && found.name !== '') all.set(found.name, [...(all.get(found.name) ?? []), found.declaration]);
    for (const child of node.children) visit(child, node);
  };
  for (const root of roots) visit(root, undefined);
  return all;
}

/** The types that a name, or the value it has, is said to be of. */
export function typesOf(name: string, declarations: Declarations): string[] {
  return (declarations.get(name) ?? []).flatMap(({ type, value }) => {
    const made = value ? [...walk(value)].map(({ text }) => text)[0] : undefined;
    return [...(type !== undefined && type !== 'var' ? [type] : []), ...(made ? [made] : [])];
  });
}
